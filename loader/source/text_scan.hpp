#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace payferry {

/// Readers look at so many bytes at once; this many bytes behind a scanned text must be readable.
inline constexpr std::size_t kScanBlockBytes = 64;

/// `kBytes` bytes of text (16, 32, 48 or 64), compared all at once. Bit i of a mask stands for byte
/// i.
template <std::size_t kBytes>
class ScanBytes {
 public:
  explicit ScanBytes(const char* bytes);

  std::uint64_t equal_to(char byte) const;
  /// Bytes from 1 to 127: neither NUL nor part of a character beyond ASCII.
  std::uint64_t plain() const;
  /// Bytes below 0x20.
  std::uint64_t control() const;

 private:
#if defined(__SSE2__)
  template <class Compare>
  std::uint64_t gather(Compare compare) const {
    std::uint64_t mask = 0;
    for (std::size_t part = 0; part < kParts; ++part) {
      const auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(compare(parts_[part])));
      mask |= std::uint64_t{bits} << (16 * part);
    }
    return mask;
  }
  static constexpr std::size_t kParts = kBytes / sizeof(__m128i);
  __m128i parts_[kParts];
#else
  template <class Test>
  std::uint64_t gather(Test test) const {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < kBytes; ++i) mask |= std::uint64_t{test(bytes_[i])} << i;
    return mask;
  }
  const char* bytes_;
#endif
};

#if defined(__SSE2__)

template <std::size_t kBytes>
ScanBytes<kBytes>::ScanBytes(const char* bytes) {
  for (std::size_t part = 0; part < kParts; ++part) {
    parts_[part] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes) + part);
  }
}

template <std::size_t kBytes>
std::uint64_t ScanBytes<kBytes>::equal_to(char byte) const {
  const __m128i wanted = _mm_set1_epi8(byte);
  return gather([wanted](__m128i part) { return _mm_cmpeq_epi8(part, wanted); });
}

template <std::size_t kBytes>
std::uint64_t ScanBytes<kBytes>::plain() const {
  return gather([](__m128i part) { return _mm_cmpgt_epi8(part, _mm_setzero_si128()); });
}

template <std::size_t kBytes>
std::uint64_t ScanBytes<kBytes>::control() const {
  const __m128i last = _mm_set1_epi8(0x1f);
  return gather([last](__m128i part) { return _mm_cmpeq_epi8(_mm_min_epu8(part, last), part); });
}

#else

template <std::size_t kBytes>
ScanBytes<kBytes>::ScanBytes(const char* bytes) : bytes_(bytes) {}

template <std::size_t kBytes>
std::uint64_t ScanBytes<kBytes>::equal_to(char byte) const {
  return gather([byte](char other) { return other == byte; });
}

template <std::size_t kBytes>
std::uint64_t ScanBytes<kBytes>::plain() const {
  return gather([](char byte) { return static_cast<signed char>(byte) > 0; });
}

template <std::size_t kBytes>
std::uint64_t ScanBytes<kBytes>::control() const {
  return gather([](char byte) { return static_cast<unsigned char>(byte) < 0x20; });
}

#endif

using ScanBlock = ScanBytes<kScanBlockBytes>;

/// The bits that stand for the first `count` bytes.
inline std::uint64_t first_bits(std::size_t count) {
  return count >= kScanBlockBytes ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

/// True where every byte is from 1 to 127. kScanBlockBytes behind `text` must be readable.
inline bool is_plain(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); at += kScanBlockBytes) {
    const std::uint64_t others = ~ScanBlock(text.data() + at).plain();
    if ((others & first_bits(text.size() - at)) != 0) return false;
  }
  return true;
}

/// Where the first LF or CR of `text` is; its size if there is none. kScanBlockBytes behind it must
/// be readable.
inline std::size_t find_line_end(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); at += kScanBlockBytes) {
    const ScanBlock block(text.data() + at);
    const std::uint64_t ends = block.equal_to('\n') | block.equal_to('\r');
    if (ends != 0)
      return std::min(text.size(), at + static_cast<std::size_t>(std::countr_zero(ends)));
  }
  return text.size();
}

}  // namespace payferry

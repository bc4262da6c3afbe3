#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace payferry {

/// `kBytes` bytes of text (16, 32, 48 or 64), compared all at once: by sixteen where the processor
/// can, as x86-64 always can. Bit i of a mask stands for byte i.
template <std::size_t kBytes>
class ScanBytes {
  static_assert(kBytes % 16 == 0 && kBytes <= 64);

 public:
  explicit ScanBytes(const char* bytes);

  /// To one of them.
  template <class... Chars>
  std::uint64_t equal_to(Chars... bytes) const;
  /// Bytes from 1 to 127: neither NUL nor part of a character beyond ASCII.
  std::uint64_t plain() const;
  /// Bytes from 128 on.
  std::uint64_t beyond_ascii() const;
  /// Bytes below 0x20.
  std::uint64_t control() const { return in_range(0, 0x1f); }
  std::uint64_t in_range(unsigned char first, unsigned char last) const;

 private:
#if defined(__SSE2__)
  static constexpr std::size_t kParts = kBytes / sizeof(__m128i);
  using EachPart = std::make_index_sequence<kParts>;

  // Without loops, since g++ at -O2 leaves those, with the parts in memory instead of registers.
  template <std::size_t... kPart>
  ScanBytes(const char* bytes, std::index_sequence<kPart...>)
      : parts_{_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes) + kPart)...} {}

  template <class Compare, std::size_t... kPart>
  std::uint64_t gather(const Compare& compare, std::index_sequence<kPart...>) const {
    return (... | (std::uint64_t{bits_of(compare(parts_[kPart]))} << (16 * kPart)));
  }
  template <class Compare>
  std::uint64_t gather(const Compare& compare) const {
    return gather(compare, EachPart());
  }
  static std::uint32_t bits_of(__m128i part) {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(part));
  }

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
ScanBytes<kBytes>::ScanBytes(const char* bytes) : ScanBytes(bytes, EachPart()) {}

template <std::size_t kBytes>
template <class... Chars>
std::uint64_t ScanBytes<kBytes>::equal_to(Chars... bytes) const {
  return gather([bytes...](__m128i part) {
    __m128i equal = _mm_setzero_si128();
    ((equal = _mm_or_si128(equal, _mm_cmpeq_epi8(part, _mm_set1_epi8(bytes)))), ...);
    return equal;
  });
}

template <std::size_t kBytes>
std::uint64_t ScanBytes<kBytes>::plain() const {
  return gather([](__m128i part) { return _mm_cmpgt_epi8(part, _mm_setzero_si128()); });
}

template <std::size_t kBytes>
std::uint64_t ScanBytes<kBytes>::beyond_ascii() const {
  return gather([](__m128i part) { return part; });  // the mask is made of the highest bits
}

template <std::size_t kBytes>
std::uint64_t ScanBytes<kBytes>::in_range(unsigned char first, unsigned char last) const {
  const __m128i lowest = _mm_set1_epi8(static_cast<char>(first));
  const __m128i most = _mm_set1_epi8(static_cast<char>(last - first));
  return gather([lowest, most](__m128i part) {
    const __m128i above = _mm_sub_epi8(part, lowest);
    return _mm_cmpeq_epi8(_mm_min_epu8(above, most), above);
  });
}

#else

template <std::size_t kBytes>
ScanBytes<kBytes>::ScanBytes(const char* bytes) : bytes_(bytes) {}

template <std::size_t kBytes>
template <class... Chars>
std::uint64_t ScanBytes<kBytes>::equal_to(Chars... bytes) const {
  return gather([bytes...](char other) { return ((other == bytes) || ...); });
}

template <std::size_t kBytes>
std::uint64_t ScanBytes<kBytes>::plain() const {
  return gather([](char byte) { return static_cast<signed char>(byte) > 0; });
}

template <std::size_t kBytes>
std::uint64_t ScanBytes<kBytes>::beyond_ascii() const {
  return gather([](char byte) { return static_cast<unsigned char>(byte) > 0x7f; });
}

template <std::size_t kBytes>
std::uint64_t ScanBytes<kBytes>::in_range(unsigned char first, unsigned char last) const {
  return gather([first, last](char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return first <= code && code <= last;
  });
}

#endif

}  // namespace payferry

#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/scan_bytes.hpp"

namespace payferry {

/// Readers look at so many bytes at once; this many bytes behind a scanned text must be readable.
inline constexpr std::size_t kScanBlockBytes = 64;

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
    const std::uint64_t ends = block.equal_to('\n', '\r');
    if (ends != 0)
      return std::min(text.size(), at + static_cast<std::size_t>(std::countr_zero(ends)));
  }
  return text.size();
}

}  // namespace payferry

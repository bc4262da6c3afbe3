#pragma once

#include <bit>

#include "model/scan_bytes.hpp"

namespace payferry {

/// The first quote or backslash in [at, end), or end. Most of an answer is strings, so that this
/// takes sixteen bytes a step.
inline const char* find_quote_or_backslash(const char* at, const char* end) {
  for (; end - at >= 16; at += 16) {
    const std::uint64_t hits = ScanBytes<16>(at).equal_to('"', '\\');
    if (hits != 0) return at + std::countr_zero(hits);
  }
  while (at != end && *at != '"' && *at != '\\') ++at;
  return at;
}

}  // namespace payferry

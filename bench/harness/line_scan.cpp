#include "bench/harness/line_scan.hpp"

#include <cstring>

namespace payferry::bench {

std::size_t count_lines(std::string_view text) {
  std::size_t lines = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const auto* const found =
        static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
    ++lines;
    if (found == nullptr) break;
    at = found + 1;
  }
  return lines;
}

}  // namespace payferry::bench

#include "loader/source/source_break.hpp"

#include <string_view>

namespace payferry {

namespace {

constexpr std::size_t kMostBytes = 4096;  ///< it goes with each batch and into each checkpoint
constexpr std::string_view kMore = ". More of the input is broken";

}  // namespace

std::string told(std::string before, std::span<const SourceBreak> breaks) {
  for (const SourceBreak& next : breaks) {
    if (before.size() > kMostBytes) {
      if (!before.ends_with(kMore)) before += kMore;
      break;
    }
    if (!before.empty()) before += ". ";
    before += next.message;
  }
  return before;
}

}  // namespace payferry

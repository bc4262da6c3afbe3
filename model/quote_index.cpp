#include "model/quote_index.hpp"

#include <cstring>

#include "model/quote_blocks.hpp"

namespace payferry {

void QuoteIndex::look_at_stretch(const char* from) {
  const std::size_t size = std::min(kStretch, static_cast<std::size_t>(end_ - from));
  const std::size_t rest = size % kQuoteBlock;
  std::uint32_t* places = note_quotes(from, size - rest, 0, places_.data());
  if (rest > 0) {
    char last[kQuoteBlock] = {};
    std::memcpy(last, from + size - rest, rest);
    places = note_quotes(last, kQuoteBlock, size - rest, places);
  }
  std::fill_n(places, kSentinels, kNone);
  base_ = from;
  stretch_end_ = from + size;
  next_ = 0;
}

}  // namespace payferry

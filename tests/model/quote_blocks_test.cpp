#include "model/quote_blocks.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace payferry {
namespace {

using Way = std::uint32_t* (*)(const char*, std::size_t, std::size_t, std::uint32_t*);

std::vector<std::uint32_t> noted(Way way, const std::string& text, std::size_t begin) {
  std::vector<std::uint32_t> places(text.size() + kSpareQuotePlaces);
  const std::uint32_t* const end = way(text.data(), text.size(), begin, places.data());
  places.resize(static_cast<std::size_t>(end - places.data()));
  return places;
}

/// A machine takes the one way only that is the fastest for it.
TEST(QuoteBlocks, EveryWayNotesEachQuoteAndBackslash) {
  std::mt19937 random(5);
  for (const std::size_t blocks : {0U, 1U, 2U, 32U}) {
    for (const unsigned every : {1U, 2U, 5U, 15U, 300U}) {
      std::string text(blocks * kQuoteBlock, '\xDC');
      std::vector<std::uint32_t> expected;
      for (std::size_t at = 0; at < text.size(); ++at) {
        if (random() % every != 0) continue;
        text[at] = random() % 4 == 0 ? '\\' : '"';
        expected.push_back(static_cast<std::uint32_t>(1000 + at));
      }
      EXPECT_EQ(noted(note_quotes, text, 1000), expected) << blocks << ' ' << every;
      EXPECT_EQ(noted(note_quotes_anywhere, text, 1000), expected) << blocks << ' ' << every;
    }
  }
}

}  // namespace
}  // namespace payferry

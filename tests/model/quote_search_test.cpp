#include "model/quote_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>

namespace payferry {
namespace {

/// The text stands at the end of its memory, so that a look beyond it is an error that the
/// sanitizer sees.
std::ptrdiff_t find(const std::string& text) {
  const auto exact = std::make_unique<char[]>(text.size());
  std::copy(text.begin(), text.end(), exact.get());
  return find_quote_or_backslash(exact.get(), exact.get() + text.size()) - exact.get();
}

TEST(QuoteSearch, FindsTheFirstOneWhereverItIs) {
  for (std::size_t length = 0; length < 50; ++length) {
    EXPECT_EQ(find(std::string(length, 'x')), static_cast<std::ptrdiff_t>(length));
    for (std::size_t at = 0; at < length; ++at) {
      for (const char wanted : {'"', '\\'}) {
        std::string text(length, '\xDC');
        text[at] = wanted;
        if (at + 1 < length) text[at + 1] = '"';
        EXPECT_EQ(find(text), static_cast<std::ptrdiff_t>(at));
      }
    }
  }
}

TEST(QuoteSearch, TakesNoOtherByteForOne) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool wanted = c == '"' || c == '\\';
    EXPECT_EQ(find(std::string(16, c)), wanted ? 0 : 16) << byte;
  }
}

}  // namespace
}  // namespace payferry

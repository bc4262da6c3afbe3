#include "loader/source/text_scan.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace payferry {
namespace {

std::string_view in(const std::string& padded) {
  return std::string_view(padded).substr(0, padded.size() - kScanBlockBytes);
}

std::string padded(const std::string& text) {
  return text + std::string(kScanBlockBytes, '\n');
}

TEST(TextScan, LooksAtNoByteBehindTheText) {
  for (std::size_t length : {0, 1, 63, 64, 65, 127, 128, 200}) {
    const std::string text = padded(std::string(length, 'x'));
    EXPECT_EQ(find_line_end(in(text)), length);
    const std::string other = std::string(length, 'x') + std::string(kScanBlockBytes, '\xFF');
    EXPECT_TRUE(is_plain(in(other))) << length;
  }
}

TEST(TextScan, FindsTheFirstLineEndOfEitherKind) {
  for (std::size_t at : {0, 1, 63, 64, 100, 128}) {
    std::string text(200, 'x');
    text[at] = '\r';
    text[at + 3] = '\n';
    const std::string whole = padded(text);
    EXPECT_EQ(find_line_end(in(whole)), at);
  }
}

TEST(TextScan, SeesABytePutAnywhereThatIsNotPlain) {
  for (std::size_t at : {0, 63, 64, 129}) {
    std::string text(130, 'x');
    text[at] = '\xC3';
    const std::string whole = padded(text);
    EXPECT_FALSE(is_plain(in(whole))) << at;
  }
}

}  // namespace
}  // namespace payferry

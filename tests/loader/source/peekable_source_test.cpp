#include "loader/source/peekable_source.hpp"

#include <gtest/gtest.h>

#include "memory_byte_source.hpp"
#include "read_content.hpp"

namespace payferry {
namespace {

PeekableSource source(const std::string& text, std::optional<std::string> failure = std::nullopt) {
  return PeekableSource(std::make_unique<MemoryByteSource>(text, 2, failure));
}

TEST(PeekableSource, DeliversWhatWasPeekedAllTheSame) {
  for (const std::size_t step : {1, 2, 5, 100}) {
    PeekableSource peekable = source("0123456789");
    EXPECT_EQ(peekable.peek(5).value_or(""), "01234");
    EXPECT_EQ(peekable.stored_bytes_read(), 0U);
    EXPECT_EQ(read_content(peekable, step).text, "0123456789");
    EXPECT_EQ(peekable.stored_bytes_read(), 10U);
  }
}

TEST(PeekableSource, PeeksAtNoMoreThanThereIs) {
  PeekableSource peekable = source("01");
  EXPECT_EQ(peekable.peek(5).value_or(""), "01");
  EXPECT_EQ(read_content(peekable).text, "01");
}

TEST(PeekableSource, SkipsWhatWasPeekedAndMore) {
  for (std::size_t offset = 0; offset <= 10; ++offset) {
    PeekableSource peekable = source("0123456789");
    EXPECT_TRUE(peekable.peek(4));
    EXPECT_TRUE(peekable.skip_to(ByteOffset(offset)));
    EXPECT_EQ(read_content(peekable).text, std::string("0123456789").substr(offset));
  }
}

TEST(PeekableSource, TellsAFailureAfterWhatCameBeforeIt) {
  PeekableSource peekable = source("012", "broken");
  EXPECT_EQ(peekable.peek(5).value_or(""), "012");
  EXPECT_EQ(read_content(peekable).text, "012");
  EXPECT_EQ(read_content(peekable).failure, "broken");
  EXPECT_EQ(source("", "broken").peek(5).error().message, "broken");
}

}  // namespace
}  // namespace payferry

#include "loader/source/read_window.hpp"

#include <gtest/gtest.h>

#include "memory_byte_source.hpp"

namespace payferry {
namespace {

ReadWindow window(const std::string& text, std::size_t block,
                  std::optional<std::string> failure = std::nullopt) {
  return ReadWindow(std::make_unique<MemoryByteSource>(text, 3, failure), block);
}

TEST(ReadWindow, SlidesOverTheContent) {
  ReadWindow sliding = window("0123456789", 4);
  EXPECT_EQ(sliding.held(), "");
  EXPECT_TRUE(sliding.fill());
  EXPECT_EQ(sliding.held(), "012");
  sliding.consume(2);
  EXPECT_EQ(sliding.offset(), ByteOffset(2));
  EXPECT_TRUE(sliding.fill());
  EXPECT_EQ(sliding.held(), "2345");
}

TEST(ReadWindow, GrowsWhileItsUserHoldsOn) {
  ReadWindow growing = window("0123456789", 1);
  while (growing.fill()) {
  }
  EXPECT_EQ(growing.held(), "0123456789");
  EXPECT_TRUE(growing.at_end());
  EXPECT_FALSE(growing.failure());
  EXPECT_FALSE(growing.fill());
}

TEST(ReadWindow, KeepsWhatCameBeforeAFailure) {
  ReadWindow failing = window("0123", 16, "broken");
  while (failing.fill()) {
  }
  EXPECT_EQ(failing.held(), "0123");
  EXPECT_EQ(failing.failure()->message, "broken");
}

TEST(ReadWindow, SkipsWhatIsHeldAndWhatIsNot) {
  for (std::size_t offset = 1; offset <= 10; ++offset) {
    ReadWindow skipping = window("0123456789", 16);
    skipping.fill();
    skipping.consume(1);
    EXPECT_TRUE(skipping.skip_to(ByteOffset(offset)));
    while (skipping.fill()) {
    }
    EXPECT_EQ(skipping.held(), std::string("0123456789").substr(offset));
    EXPECT_EQ(skipping.offset(), ByteOffset(offset));
  }
}

TEST(ReadWindow, SaysThatASkipFailed) {
  ReadWindow skipping = window("0123", 16);
  EXPECT_FALSE(skipping.skip_to(ByteOffset(9)));
  EXPECT_EQ(skipping.failure()->message, "too short");
  EXPECT_FALSE(skipping.fill());
}

}  // namespace
}  // namespace payferry

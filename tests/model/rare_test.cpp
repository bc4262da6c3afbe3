#include "model/rare.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace payferry {
namespace {

TEST(Rare, IsTheDefaultUntilItIsChanged) {
  const Rare<std::string> text;

  EXPECT_FALSE(text);
  EXPECT_EQ(*text, "");
  EXPECT_FALSE(text);
}

TEST(Rare, KeepsWhatIsPutIn) {
  Rare<std::string> text;
  text->append("refused");

  EXPECT_TRUE(text);
  EXPECT_EQ(*std::as_const(text), "refused");
}

TEST(Rare, CopiesAreTheirOwn) {
  Rare<std::string> text(std::string("one"));
  Rare<std::string> copy = text;
  *copy = "two";

  EXPECT_EQ(*text, "one");
  EXPECT_EQ(*copy, "two");
}

TEST(Rare, TakesACopyOfTheDefaultForTheDefault) {
  Rare<std::string> text(std::string("one"));
  text = Rare<std::string>();

  EXPECT_FALSE(text);
}

TEST(Rare, IsTheDefaultAfterAMove) {
  Rare<std::string> text(std::string("one"));
  const Rare<std::string> taken = std::move(text);

  EXPECT_EQ(*taken, "one");
  EXPECT_FALSE(text);
}

TEST(Rare, TakesTheRoomOfAPointer) {
  EXPECT_EQ(sizeof(Rare<std::string>), sizeof(void*));
}

}  // namespace
}  // namespace payferry

#include "config/secret.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <type_traits>
#include <utility>

namespace payferry {
namespace {

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};

TEST(Secret, CannotBeCopiedOrPrinted) {
  EXPECT_FALSE(std::is_copy_constructible_v<Secret>);
  EXPECT_FALSE(std::is_copy_assignable_v<Secret>);
  EXPECT_FALSE((std::is_convertible_v<Secret, std::string>));
  EXPECT_FALSE(Printable<Secret>);
}

TEST(Secret, MovesItsBytesAndLeavesNone) {
  for (const char* words : {"short", "a secret that is longer than any inline buffer"}) {
    const std::string text(words);
    Secret first(text);
    EXPECT_EQ(first.reveal(), text);
    const char* const left_behind = first.reveal().data();
    Secret second(std::move(first));
    EXPECT_EQ(second.reveal(), text);
    if (second.reveal().data() != left_behind) {
      EXPECT_EQ(std::string(left_behind, text.size()), std::string(text.size(), '\0'));
    }
    Secret third("another");
    third = std::move(second);
    EXPECT_EQ(third.reveal(), text);
  }
}

TEST(Secret, WipingOverwritesTheBytes) {
  std::string text = "geheim";
  const char* const bytes = text.data();
  wipe(text);
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(std::string(bytes, 6), std::string(6, '\0'));
}

}  // namespace
}  // namespace payferry

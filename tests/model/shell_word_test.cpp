#include "model/shell_word.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(ShellWord, IsOneWordWhateverItHolds) {
  EXPECT_EQ(shell_word("plain/path-1.csv"), "plain/path-1.csv");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("it's; rm -rf ~"), "'it'\\''s; rm -rf ~'");
  EXPECT_EQ(shell_word("$(date)"), "'$(date)'");
}

}  // namespace
}  // namespace payferry

#include "model/name_index.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(NameIndex, FindsANameThatOnePlaceHas) {
  NameIndex index(3);
  index.add("b", 0);
  index.add("a", 1);
  index.add("b", 2);
  index.seal();
  EXPECT_EQ(index.find("a"), 1U);
  EXPECT_FALSE(index.find("b"));
  EXPECT_FALSE(index.find("c"));
  EXPECT_FALSE(index.find(""));
}

TEST(NameIndex, FoldingDropsCaseAndBlanksAtTheEnds) {
  EXPECT_EQ(fold(" \tPay A-1 \n"), "pay a-1");
  EXPECT_EQ(fold(""), "");
  EXPECT_EQ(fold("  "), "");
  EXPECT_EQ(fold("\xC3\x89"), "\xC3\x89");
}

}  // namespace
}  // namespace payferry

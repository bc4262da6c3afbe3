#include "model/name_index.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace payferry {
namespace {

TEST(NameIndex, FindsANameThatOnePlaceHas) {
  NameIndex index(3);
  index.add("b", 0);
  index.add("a", 1);
  index.add("b", 2);
  EXPECT_EQ(index.find("a"), 1U);
  EXPECT_FALSE(index.find("b"));
  EXPECT_FALSE(index.find("c"));
  EXPECT_FALSE(index.find(""));
}

TEST(NameIndex, TakesMoreNamesThanExpected) {
  std::vector<std::string> names;
  for (std::size_t place = 0; place < 1000; ++place) names.push_back(std::to_string(place));
  NameIndex index(0);
  EXPECT_FALSE(index.find("0"));
  for (std::size_t place = 0; place < names.size(); ++place) index.add(names[place], place);
  for (std::size_t place = 0; place < names.size(); ++place)
    EXPECT_EQ(index.find(names[place]), place);
  EXPECT_FALSE(index.find("1000"));
  index.add(names[500], 7);
  EXPECT_FALSE(index.find("500"));
}

TEST(NameIndex, FoldingDropsCaseAndBlanksAtTheEnds) {
  EXPECT_EQ(fold(" \tPay A-1 \n"), "pay a-1");
  EXPECT_EQ(fold(""), "");
  EXPECT_EQ(fold("  "), "");
  EXPECT_EQ(fold("\xC3\x89"), "\xC3\x89");
}

}  // namespace
}  // namespace payferry

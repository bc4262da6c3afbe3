#include "config/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(FoldName, MakesNamesComparable) {
  EXPECT_EQ(fold_name("Währung (ISO)"), "wahrung iso");
  EXPECT_EQ(fold_name("PAYÉ LE"), "paye le");
  EXPECT_EQ(fold_name("Número"), "numero");
  EXPECT_EQ(fold_name("ÜBERWEISUNG"), "uberweisung");
  EXPECT_EQ(fold_name("createdAt"), "created at");
  EXPECT_EQ(fold_name("customer.email_address"), "customer email address");
  EXPECT_EQ(fold_name("  --  "), "");
  EXPECT_EQ(fold_name("\xC3"), "");
}

TEST(Sample, GivesTheCellsOfAColumnThatAreNotEmpty) {
  const Sample sample{{"a", "b"}, {{"1", " x "}, {"2"}, {"3", " "}, {"4", "y"}}, ','};
  EXPECT_THAT(sample.values(1), testing::ElementsAre("x", "y"));
  EXPECT_THAT(sample.values(5), testing::IsEmpty());
}

}  // namespace
}  // namespace payferry

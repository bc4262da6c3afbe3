#include "loader/source/column_match.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Names = std::vector<std::string>;

auto match(const Names& columns, const Names& others) {
  return match_columns(columns, others, "a.csv", "b.csv");
}

TEST(ColumnMatch, NeedsNoOrderForTheSameHeader) {
  EXPECT_THAT(match({"id", "", ""}, {"id", "", ""}).value(), IsEmpty());
}

TEST(ColumnMatch, FindsColumnsInAnotherOrder) {
  EXPECT_THAT(match({"id", "amount", "date"}, {"date", "id", "amount"}).value(),
              ElementsAre(1, 2, 0));
}

TEST(ColumnMatch, DoesNotMindTheColumnOfRejectsFiles) {
  EXPECT_THAT(match({"id", "amount"}, {"id", "amount", "payferry_error"}).value(),
              ElementsAre(0, 1));
  EXPECT_THAT(match({"id", "payferry_error", ""}, {"id"}).value(),
              ElementsAre(0, kNoCell, kNoCell));
}

TEST(ColumnMatch, NamesWhatOneOfThemHasAlone) {
  EXPECT_EQ(match({"id", "amount", "date"}, {"id", "sum"}).error().message,
            "b.csv does not have the columns of a.csv: \"amount\", \"date\" missing, \"sum\" "
            "added; load files of "
            "different columns in runs of their own.");
  EXPECT_EQ(match({"id"}, {"id", "sum"}).error().message,
            "b.csv does not have the columns of a.csv: \"sum\" added; load files of different "
            "columns in runs of their "
            "own.");
}

TEST(ColumnMatch, NamesOnlyTheFirstOfVeryManyAndNoCardNumber) {
  std::vector<std::string> others{"4111 1111 1111 1111"};
  for (int i = 0; i < 1000; ++i) others.push_back("c" + std::to_string(i));
  const std::string message = match_columns({"a"}, others, "a.csv", "b.csv").error().message;
  EXPECT_LT(message.size(), 400U);
  EXPECT_NE(message.find("**** **** **** 1111"), std::string::npos) << message;
}

}  // namespace
}  // namespace payferry

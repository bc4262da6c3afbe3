#include "config/column_guess.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

std::string column_of(const Sample& sample, std::string_view property) {
  const ColumnGuess guess = guess_columns(sample);
  const auto found = guess.columns.find(property);
  return found == guess.columns.end() ? "none" : sample.header[found->second];
}

TEST(GuessColumns, PassesOverAColumnWhoseCellsDoNotFitItsName) {
  const Sample sample{
      {"Amount", "Total", "Date", "Booking date"}, {{"high", "5.00", "later", "2026-01-01"}}, ','};
  EXPECT_EQ(column_of(sample, "hs_initial_amount"), "Total");
  EXPECT_EQ(column_of(sample, "hs_initiated_date"), "Booking date");
}

TEST(GuessColumns, GivesAColumnToOnePropertyOnly) {
  const Sample sample{{"Invoice", "Date", "Amount"},
                      {{"1", "2026-01-01", "5.00"}, {"2", "2026-01-02", "5.00"}},
                      ','};
  EXPECT_EQ(column_of(sample, "hs_external_reference_id"), "Invoice");
  EXPECT_EQ(column_of(sample, "hs_reference_number"), "none");
}

TEST(GuessColumns, TakesNoIdThatIsMissingOrTheSameTwice) {
  const Sample twice{{"id", "Order number"}, {{"1", "A"}, {"1", "B"}}, ','};
  EXPECT_EQ(column_of(twice, "hs_external_reference_id"), "Order number");
  const Sample missing{{"id"}, {{"1"}, {""}}, ','};
  EXPECT_EQ(column_of(missing, "hs_external_reference_id"), "none");
}

TEST(GuessColumns, TakesAColumnNamedLikeAnIdThoughAFewRowsAreBad) {
  Sample sample{{"other", "Payment ID"}, {}, ','};
  for (int i = 0; i < 38; ++i) sample.rows.push_back({"x", std::to_string(i)});
  sample.rows.push_back({"x", "0"});
  sample.rows.push_back({"x", ""});
  EXPECT_EQ(column_of(sample, "hs_external_reference_id"), "Payment ID");
  sample.rows.push_back({"x", "1"});
  EXPECT_EQ(column_of(sample, "hs_external_reference_id"), "none");
}

TEST(GuessColumns, TakesNoAmountDateOrEmailForAnIdByItsValuesAlone) {
  const Sample sample{{"x", "y", "z", "Vorgang"},
                      {{"1.50", "2026-01-01", "ann@example.com", "V1"},
                       {"2.50", "2026-01-02", "bob@example.com", "V2"}},
                      ','};
  EXPECT_EQ(column_of(sample, "hs_external_reference_id"), "Vorgang");
  EXPECT_TRUE(guess_columns(sample).by_values.contains("hs_external_reference_id"));
}

TEST(GuessColumns, TakesADateInAColumnThatIsAlsoCalledLikeAnAmount) {
  const Sample sample{{"Id", "Amount", "Paid"}, {{"A", "1.50", "2026-01-31 10:00:00"}}, ','};
  EXPECT_EQ(column_of(sample, "hs_initiated_date"), "Paid");
  EXPECT_EQ(column_of(sample, "hs_initial_amount"), "Amount");
  const Sample amount{{"Id", "When", "Paid"}, {{"A", "2026-01-31", "1.50"}}, ','};
  EXPECT_EQ(column_of(amount, "hs_initial_amount"), "Paid");
}

TEST(GuessColumns, TakesAmountAndDateByTheirValuesWhereNoNameTells) {
  const Sample sample{{"x", "n", "What", "Wann", "v"},
                      {{"1767225600", "17", "A", "31.01.2026", "1,50"},
                       {"1767225601", "17", "A", "01.02.2026", "2,00"}},
                      ';'};
  const ColumnGuess guess = guess_columns(sample);
  EXPECT_EQ(column_of(sample, "hs_initiated_date"), "Wann");
  EXPECT_EQ(column_of(sample, "hs_initial_amount"), "v");
  EXPECT_EQ(column_of(sample, "hs_external_reference_id"), "none");
  EXPECT_TRUE(guess.by_values.contains("hs_initiated_date"));
  EXPECT_TRUE(guess.by_values.contains("hs_initial_amount"));
}

TEST(GuessColumns, LeavesColumnsThatANameGivesToAnotherProperty) {
  const Sample sample{{"Id", "Fee", "Available on"}, {{"A", "1.50", "2026-01-31"}}, ','};
  EXPECT_EQ(column_of(sample, "hs_initial_amount"), "none");
  EXPECT_EQ(column_of(sample, "hs_initiated_date"), "none");
}

}  // namespace
}  // namespace payferry

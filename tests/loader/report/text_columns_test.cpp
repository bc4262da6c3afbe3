#include "loader/report/text_columns.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(TextColumns, CountsStandBelowEachOther) {
  EXPECT_EQ(count_line("created", 12'300, "made by this run"),
            "  created          12,300  made by this run\n");
  EXPECT_EQ(count_line("unchecked", 1, "x"), "  unchecked             1  x\n");
}

TEST(TextColumns, SumsAreGroupedAndExact) {
  Total total;
  total.count = 2;
  total.sum = Decimal(-123'456'789, 2);
  EXPECT_EQ(total_line(Currency::parse("GBP").value(), "read back", total),
            "  GBP  read back           2           -1,234,567.89\n");
}

TEST(TextColumns, TheCodeOfNoCurrencyIsExplainedWhereItStands) {
  ControlTotals totals;
  totals.count_read(Currency::parse("GBP").value(), Decimal(1, 0));
  EXPECT_EQ(no_currency_line(totals), "");
  totals.count_read(Currency(), Decimal(1, 0));
  EXPECT_EQ(no_currency_line(totals), "  (XXX: no currency given)\n");
}

TEST(TextColumns, ASentenceEndsInOneFullStop) {
  EXPECT_EQ(as_sentence("Stopped by SIGINT"), "Stopped by SIGINT.");
  for (const char* closed : {"Stopped.", "Stopped!", "Stopped?"})
    EXPECT_EQ(as_sentence(closed), closed);
}

TEST(TextColumns, PaddingNeverCutsAText) {
  EXPECT_EQ(padded_left("ab", 4), "  ab");
  EXPECT_EQ(padded_right("ab", 4), "ab  ");
  EXPECT_EQ(padded_left("abcde", 4), "abcde");
  EXPECT_EQ(padded_right("abcde", 4), "abcde");
}

}  // namespace
}  // namespace payferry

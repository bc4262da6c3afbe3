#include "loader/report/closing_parts.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(ClosingParts, AStatusThatNoRecordHasIsLeftOut) {
  Tally tally;
  tally.records = tally.created = 1;
  EXPECT_EQ(counts_text(tally),
            "  read                  1  record of the source\n"
            "  created               1  made by this run\n");
}

TEST(ClosingParts, BelowTheTotalsStandsWhatXxxMeans) {
  ControlTotals totals;
  totals.count_read(Currency(), Decimal(1'250, 2));
  EXPECT_EQ(totals_text(totals),
            "  XXX  read                1                   12.50\n"
            "  XXX  pending             1                   12.50\n"
            "  (XXX: no currency given)\n");
}

TEST(ClosingParts, TheFirstOfARunsRecordsAreNamed) {
  EXPECT_EQ(first_records(1), "record 1");
  EXPECT_EQ(first_records(1'200), "records 1 to 1,200");
}

}  // namespace
}  // namespace payferry

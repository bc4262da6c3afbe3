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

TEST(ClosingParts, TheFirstOfARunsRecordsAreNamed) {
  EXPECT_EQ(first_records(1), "record 1");
  EXPECT_EQ(first_records(1'200), "records 1 to 1,200");
}

}  // namespace
}  // namespace payferry

#include "loader/report/closing_parts.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(ClosingParts, AStatusThatNoRecordHasIsLeftOut) {
  Tally tally;
  tally.records = tally.created = 1;
  EXPECT_EQ(counts_text(tally),
            "  read                  1  records of the source\n"
            "  created               1  made by this run\n");
}

}  // namespace
}  // namespace payferry

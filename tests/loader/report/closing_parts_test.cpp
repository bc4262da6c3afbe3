#include "loader/report/closing_parts.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(ClosingParts, PaddingNeverCutsAText) {
  EXPECT_EQ(padded_left("ab", 4), "  ab");
  EXPECT_EQ(padded_right("ab", 4), "ab  ");
  EXPECT_EQ(padded_left("abcde", 4), "abcde");
  EXPECT_EQ(padded_right("abcde", 4), "abcde");
}

TEST(ClosingParts, AStatusThatNoRecordHasIsLeftOut) {
  Tally tally;
  tally.records = tally.created = 1;
  EXPECT_EQ(counts_text(tally),
            "  read                  1  records of the source\n"
            "  created               1  made by this run\n");
}

}  // namespace
}  // namespace payferry

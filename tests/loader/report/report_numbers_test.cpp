#include "loader/report/report_numbers.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

using std::chrono::milliseconds;

TEST(ReportNumbers, SumsAreGroupedLeftOfThePointOnly) {
  EXPECT_EQ(grouped_sum(Decimal(0, 2)), "0.00");
  EXPECT_EQ(grouped_sum(Decimal(123'456, 3)), "123.456");
  EXPECT_EQ(grouped_sum(Decimal(-123'456'789, 2)), "-1,234,567.89");
  EXPECT_EQ(grouped_sum(Decimal(-123, 0)), "-123");
}

TEST(ReportNumbers, BytesAreInTheUnitThatReadsBest) {
  EXPECT_EQ(byte_text(1), "1 byte");
  EXPECT_EQ(byte_text(1023), "1023 bytes");
  EXPECT_EQ(byte_text(1536), "1.5 KiB");
  EXPECT_EQ(byte_text(std::uint64_t{3} << 40), "3.0 TiB");
}

TEST(ReportNumbers, LatenciesAreInTheUnitThatReadsBest) {
  EXPECT_EQ(latency_text(milliseconds(999)), "999 ms");
  EXPECT_EQ(latency_text(milliseconds(2449)), "2.4 s");
  EXPECT_EQ(latency_text(milliseconds(80'000)), "1m 20s");
}

TEST(ReportNumbers, ASharePretendsNeitherAllNorNothing) {
  EXPECT_EQ(share_text(0, 0), "0%");
  EXPECT_EQ(share_text(0, 9), "0%");
  EXPECT_EQ(share_text(9, 9), "100%");
  EXPECT_EQ(share_text(1, 1'000'000), "<0.1%");
  EXPECT_EQ(share_text(999'999, 1'000'000), ">99.9%");
  EXPECT_EQ(share_text(1, 3), "33.3%");
}

TEST(ReportNumbers, AMomentIsTheSecondItFallsInto) {
  EXPECT_EQ(moment_text(parse_iso8601("2026-11-23T10:00:00.5Z").value()), "2026-11-23 10:00:00");
}

}  // namespace
}  // namespace payferry

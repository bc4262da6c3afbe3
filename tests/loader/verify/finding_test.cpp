#include "loader/verify/finding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/verify/verify_samples.hpp"

namespace payferry::test {
namespace {

using testing::HasSubstr;

const Instant kNoon = parse_iso8601("2026-11-24T12:00:00Z").value();

std::string line_of(const CheckedRecord& record, const Finding& finding,
                    std::string_view file = "") {
  std::string line;
  append_finding_line(line, record, finding, file, kNoon);
  return line;
}

TEST(Finding, ADifferenceIsALineWithBothValues) {
  Finding finding;
  finding.kind = FindingKind::differs;
  finding.differences = {{"hs_initial_amount", "12.50", "12.51"},
                         {"hs_internal_comment", "a \"b\"", std::nullopt}};
  EXPECT_EQ(
      line_of(checked_record(7), finding, "may.csv"),
      R"({"record":7,"line":8,"file":"may.csv","key":"k7","id":"1007","outcome":"created",)"
      R"("status":"differs","currency":"GBP","amount":"12.50","properties":{"hs_initial_amount":{"source":"12.50",)"
      R"("hubspot":"12.51"},"hs_internal_comment":{"source":"a \"b\"","hubspot":null}},)"
      R"("at":"2026-11-24T12:00:00.000Z"})"
      "\n");
}

TEST(Finding, WhatIsGoneNamesTheRecordAlone) {
  Finding finding;
  finding.kind = FindingKind::gone;
  EXPECT_EQ(line_of(checked_record(7), finding),
            R"({"record":7,"line":8,"key":"k7","id":"1007","outcome":"created","status":"gone",)"
            R"("currency":"GBP","amount":"12.50","at":"2026-11-24T12:00:00.000Z"})"
            "\n");
}

TEST(Finding, WhatCannotBeToldSaysWhy) {
  CheckedRecord record = checked_record(7);
  record.id.clear();
  Finding finding;
  finding.kind = FindingKind::unchecked;
  finding.message = "no id";
  EXPECT_THAT(line_of(record, finding), HasSubstr(R"("amount":"12.50","message":"no id")"));
}

TEST(Finding, LongTextsAreCut) {
  Finding finding;
  finding.kind = FindingKind::differs;
  finding.differences = {{"hs_internal_comment", std::string(60'000, 'x'), "y"}};
  EXPECT_LT(line_of(checked_record(7), finding).size(), 2'000U);
}

}  // namespace
}  // namespace payferry::test

#include "model/outcome.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

const Instant kAt = *parse_iso8601("2026-11-23T10:00:00.123Z");

std::string line_of(const Outcome& outcome, const RecordIdentity& identity) {
  std::string out;
  append_outcome_line(out, outcome, identity);
  return out;
}

TEST(OutcomeLine, OfACreatedRecord) {
  Outcome outcome;
  outcome.record = RecordNumber(1);
  outcome.status = OutcomeStatus::created;
  outcome.id = "383552769679";
  outcome.attempts = 1;
  outcome.http = 201;
  outcome.at = kAt;
  EXPECT_EQ(
      line_of(outcome, {LineNumber(2), "", "536365"}),
      R"({"record":1,"line":2,"key":"536365","status":"created","id":"383552769679","attempts":1,)"
      R"("http":201,"at":"2026-11-23T10:00:00.123Z"})"
      "\n");
}

TEST(OutcomeLine, OfAnInvalidRecord) {
  Outcome outcome;
  outcome.record = RecordNumber(7);
  outcome.status = OutcomeStatus::invalid;
  outcome.refusal->property = "hs_initial_amount";
  outcome.refusal->column = "Amount";
  outcome.refusal->code = "INVALID_DECIMAL";
  outcome.refusal->message = "\"12,5O\" is not a decimal number";
  outcome.at = kAt;
  EXPECT_EQ(
      line_of(outcome, {LineNumber(8), "", "536371"}),
      R"({"record":7,"line":8,"key":"536371","status":"invalid","property":"hs_initial_amount",)"
      R"("column":"Amount","code":"INVALID_DECIMAL","message":"\"12,5O\" is not a decimal number",)"
      R"("at":"2026-11-23T10:00:00.123Z"})"
      "\n");
}

TEST(OutcomeLine, OfARejectedRecord) {
  Outcome outcome;
  outcome.record = RecordNumber(9);
  outcome.status = OutcomeStatus::rejected;
  outcome.http = 207;
  outcome.refusal->category = "VALIDATION_ERROR";
  outcome.refusal->code = "INVALID_OPTION";
  outcome.refusal->property = "hs_latest_status";
  outcome.refusal->message = "payed was not one of the allowed options";
  outcome.refusal->correlation_id = "d1b6-4f";
  outcome.attempts = 1;
  outcome.at = kAt;
  EXPECT_EQ(
      line_of(outcome, {LineNumber(10), "", "536373"}),
      R"({"record":9,"line":10,"key":"536373","status":"rejected","http":207,)"
      R"("category":"VALIDATION_ERROR","code":"INVALID_OPTION","property":"hs_latest_status",)"
      R"("message":"payed was not one of the allowed options","correlation_id":"d1b6-4f",)"
      R"("attempts":1,"at":"2026-11-23T10:00:00.123Z"})"
      "\n");
}

TEST(OutcomeLine, OfADuplicateNamesTheFirstRecord) {
  Outcome outcome;
  outcome.record = RecordNumber(12);
  outcome.status = OutcomeStatus::rejected;
  outcome.refusal->code = "DUPLICATE_IN_SOURCE";
  outcome.refusal->message = "Record 3 has the same id";
  outcome.refusal->first_record = RecordNumber(3);
  outcome.at = kAt;
  EXPECT_EQ(
      line_of(outcome, {LineNumber(13), "", "A-1"}),
      R"({"record":12,"line":13,"key":"A-1","status":"rejected","code":"DUPLICATE_IN_SOURCE",)"
      R"("message":"Record 3 has the same id","first_record":3,"at":"2026-11-23T10:00:00.123Z"})"
      "\n");
}

TEST(OutcomeLine, NamesTheFileAndLeavesOutAnEmptyKey) {
  Outcome outcome;
  outcome.record = RecordNumber(1);
  outcome.attempts = 3;
  outcome.at = kAt;
  EXPECT_EQ(line_of(outcome, {LineNumber(2), "may \"1\".csv", ""}),
            R"({"record":1,"line":2,"file":"may \"1\".csv","status":"unknown","attempts":3,)"
            R"("at":"2026-11-23T10:00:00.123Z"})"
            "\n");
}

TEST(OutcomeLine, IsAppended) {
  std::string out = "before\n";
  append_outcome_line(out, Outcome(), {LineNumber(1), "", ""});
  EXPECT_EQ(out.substr(0, 8), "before\n{");
}

TEST(OutcomeLines, AreThoseOfOneRecordEach) {
  Outcome first;
  first.record = RecordNumber(1);
  first.status = OutcomeStatus::created;
  first.attempts = 1;
  first.http = 201;
  first.at = kAt;
  Outcome again = first;
  again.id = "2";
  Outcome third_attempt = first;
  third_attempt.attempts = 3;
  Outcome multi_status = first;
  multi_status.http = 207;
  Outcome looked_up = first;
  looked_up.attempts = looked_up.http = 0;
  Outcome lacking = first;
  lacking.refusal->code = "ASSOCIATION_NOT_FOUND";
  Outcome rejected = first;
  rejected.status = OutcomeStatus::rejected;

  std::string together;
  std::string one_by_one;
  OutcomeLines lines(together, kAt);
  for (const Outcome& outcome :
       {looked_up, first, again, third_attempt, rejected, multi_status, lacking, again}) {
    const RecordIdentity identity{LineNumber(2), "", "A-1"};
    lines.append(outcome, identity);
    one_by_one += line_of(outcome, identity);
  }
  EXPECT_EQ(together, one_by_one);
}

TEST(OutcomeStatusNames, AreReadAsTheyAreWritten) {
  for (const auto status :
       {OutcomeStatus::created, OutcomeStatus::updated, OutcomeStatus::existing,
        OutcomeStatus::invalid, OutcomeStatus::rejected, OutcomeStatus::unknown}) {
    EXPECT_EQ(parse_outcome_status(to_string(status)), status);
  }
  EXPECT_FALSE(parse_outcome_status("Created"));
  EXPECT_FALSE(parse_outcome_status(""));
}

TEST(Outcome, ALoadedRecordMayLackAssociations) {
  Outcome outcome;
  outcome.status = OutcomeStatus::created;
  EXPECT_FALSE(lacks_association(outcome));
  Refusal first;
  first.code = "ASSOCIATION_NOT_FOUND";
  first.message = "no contact";
  Refusal second;
  second.code = "ASSOCIATION_REFUSED";
  second.message = "no company";
  add_lacking_association(outcome, first);
  add_lacking_association(outcome, second);
  EXPECT_TRUE(lacks_association(outcome));
  EXPECT_EQ(outcome.refusal->code, "ASSOCIATION_NOT_FOUND");
  EXPECT_EQ(outcome.refusal->message, "no contact; no company");
  outcome.status = OutcomeStatus::rejected;
  EXPECT_FALSE(lacks_association(outcome)) << "it is not loaded at all";
}

}  // namespace
}  // namespace payferry

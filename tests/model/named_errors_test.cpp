#include "model/named_errors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sent_batch.hpp"

namespace payferry {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

AnsweredError by_trace(std::vector<std::string> trace_ids, std::string message = "no") {
  AnsweredError error;
  error.category = "VALIDATION_ERROR";
  error.message = std::move(message);
  error.trace_ids = std::move(trace_ids);
  return error;
}

AnsweredError taken(std::string property, std::string value) {
  AnsweredError error;
  error.held_property = std::move(property);
  error.held_value = std::move(value);
  error.existing_id = "9";
  return error;
}

TEST(NamedErrors, ATraceIdNamesItsRecordAndNoOther) {
  const SentBatch batch = SentBatch().keyed("A").keyed("B");
  const std::vector<AnsweredError> errors{by_trace({"2", "2"}), by_trace({"3"}), by_trace({"02"})};
  const NamedErrors named = name_errors(errors, batch.sent(), WriteMode::create);
  EXPECT_FALSE(named.names(0));
  EXPECT_THAT(named.of_entry[1], SizeIs(1));
  EXPECT_THAT(named.nameless, SizeIs(2));
}

TEST(NamedErrors, ATakenValueNamesTheOneThatCarriesIt) {
  const SentBatch batch =
      SentBatch().keyless(R"({"mail":"a@b.c"})").keyless(R"({"mail":"X@y.z","ref":"a@b.c"})");
  const auto named_by = [&](const AnsweredError& error) {
    const NamedErrors named = name_errors(std::span(&error, 1), batch.sent(), WriteMode::create);
    return named.names(0) ? 0 : named.names(1) ? 1 : -1;
  };
  EXPECT_EQ(named_by(taken("mail", "a@b.c")), 0);
  EXPECT_EQ(named_by(taken("ref", "a@b.c")), 1);
  EXPECT_EQ(named_by(taken("mail", "x@y.z")), 1);
  EXPECT_EQ(named_by(taken("mail", "other")), -1);
  EXPECT_EQ(named_by(taken("mail", "")), -1);
}

TEST(NamedErrors, AValueThatTwoCarryNamesNeither) {
  const SentBatch batch = SentBatch().keyless(R"({"mail":"a"})").keyless(R"({"mail":"a"})");
  const AnsweredError error = taken("mail", "a");
  const NamedErrors named = name_errors(std::span(&error, 1), batch.sent(), WriteMode::create);
  EXPECT_FALSE(named.names(0));
  EXPECT_FALSE(named.names(1));
}

TEST(NamedErrors, AnUpsertsKeyStandsBesideItsProperties) {
  SentBatch batch;
  batch.keyed("A");
  const AnsweredError error = taken("other_name_of_the_key", "A");
  const NamedErrors named = name_errors(std::span(&error, 1), batch.sent(), WriteMode::upsert);
  EXPECT_TRUE(named.names(0));
}

TEST(NamedErrors, NoErrorsNameNobody) {
  const SentBatch batch = SentBatch().keyed("A");
  const NamedErrors named = name_errors({}, batch.sent(), WriteMode::create);
  EXPECT_FALSE(named.names(0));
  EXPECT_THAT(named.nameless, IsEmpty());
}

TEST(FateByErrors, AConflictDecidesBeforeARefusalAndThatBeforeAFault) {
  const AnsweredError refusal = by_trace({"1"}, "bad");
  const AnsweredError conflict = taken("ref", "A");
  AnsweredError fault;
  fault.category = "INTERNAL_ERROR";
  AnsweredError limit;
  limit.category = "RATE_LIMITS";
  const auto kind = [](std::vector<const AnsweredError*> errors) {
    return fate_by_errors(errors, Answer()).kind;
  };
  EXPECT_EQ(kind({&refusal, &conflict}), FateKind::held);
  EXPECT_EQ(kind({&fault, &refusal}), FateKind::refused);
  EXPECT_EQ(kind({&limit, &fault}), FateKind::in_doubt);
  EXPECT_EQ(kind({&limit}), FateKind::not_done);
}

TEST(FateByErrors, TheFirstOfEqualsDecidesAndAllHaveTheirSay) {
  AnsweredError first = by_trace({"1"}, "one");
  first.code = "FIRST";
  AnsweredError second = by_trace({"1"}, "two");
  second.code = "SECOND";
  const std::vector<const AnsweredError*> errors{&first, &second, &first};
  const Fate fate = fate_by_errors(errors, Answer());
  EXPECT_EQ(fate.refusal->code, "FIRST");
  EXPECT_EQ(fate.refusal->message, "one; two");
}

}  // namespace
}  // namespace payferry

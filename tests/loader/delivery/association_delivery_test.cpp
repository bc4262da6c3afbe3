#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "loader/delivery/delivery_fixture.hpp"
#include "loader/run/outcome_line.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Answer answered(int status, std::string body) {
  Answer answer;
  answer.reach = Reach::answered;
  answer.status = status;
  answer.body = std::move(body);
  return answer;
}

/// What stands between `mark` and the next quote, wherever it is found.
std::vector<std::string> values_behind(std::string_view text, std::string_view mark) {
  std::vector<std::string> values;
  for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
    const std::size_t begin = at + mark.size();
    values.emplace_back(text.substr(begin, text.find('"', begin) - begin));
  }
  return values;
}

/// Payments whose second column names a contact by email; contacts have emails "c<id>@x".
class AssociationDeliveryTest : public test::DeliveryFixture {
 protected:
  AssociationDeliveryTest() {
    AssociationRule rule;
    rule.to = "contacts";
    rule.from = "Email";
    rule.type_id = 387;
    rule.match = "email";
    settings_.mapping.associations = {rule};
    api_.answer_call = [this](const ApiCall& call) { return answer(call); };
  }

  AssociationRule& rule() { return settings_.mapping.associations.front(); }

  void add_batch(std::vector<std::pair<std::string, std::string>> rows) {
    Batch batch = test::batch_of(++batches_, records_ + 1, {});
    for (const auto& [key, email] : rows) {
      const bool upsert = settings_.mapping.write == WriteMode::upsert;
      const std::string properties =
          R"("properties":{")" + std::string(test::kKeyProperty) + R"(":")" + key + R"("})";
      const std::string input = upsert ? R"({"id":")" + key + R"(",)" + properties + "}"
                                       : "{" + properties + R"(,"associations":[]})";
      batch.add(test::entry_of(++records_, key, input));
      if (!email.empty()) batch.add_target(0, email);
    }
    source_.batches.push_back(std::move(batch));
  }

  virtual Answer answer(const ApiCall& call) {
    switch (call.endpoint) {
      case Endpoint::batch_read:
        return answer_read(call);
      case Endpoint::associate_batch:
        return answered(201, R"({"status":"COMPLETE","results":[{"fromObjectId":"1"}]})");
      default:
        return test::ScriptedHubSpot::all_created(std::string(call.body));
    }
  }

  Answer answer_read(const ApiCall& call) {
    std::string found;
    std::string missing;
    for (const std::string& value : values_behind(call.body, R"({"id":")")) {
      if (value.starts_with("nobody")) {
        missing += (missing.empty() ? "\"" : ",\"") + value + '"';
      } else {
        found += (found.empty() ? "" : ",") + std::string(R"({"id":")") +
                 value.substr(1, value.find('@') - 1) + R"(","properties":{"email":")" + value +
                 R"("}})";
      }
    }
    if (missing.empty()) return answered(200, R"({"status":"COMPLETE","results":[)" + found + "]}");
    return answered(
        207,
        R"({"status":"COMPLETE","results":[)" + found +
            R"(],"numErrors":1,"errors":[{"status":"error","category":"OBJECT_NOT_FOUND","context":{"ids":[)" +
            missing + "]}}]}");
  }

  std::size_t calls_to(Endpoint endpoint) const {
    return static_cast<std::size_t>(
        std::count_if(api_.calls.begin(), api_.calls.end(),
                      [&](const ApiCall& call) { return call.endpoint == endpoint; }));
  }
  std::string body_to(Endpoint endpoint, std::size_t nth = 0) const {
    for (std::size_t call = 0; call < api_.calls.size(); ++call) {
      if (api_.calls[call].endpoint == endpoint && nth-- == 0) return api_.bodies[call];
    }
    return {};
  }
  OutcomeLine outcome(std::uint64_t record) {
    for (const std::string& line : lines(disk_.text(LogFile::outcomes))) {
      auto parsed = parse_outcome_line(line);
      if (parsed && parsed->outcome.record == RecordNumber(record)) return *parsed;
    }
    ADD_FAILURE() << "record " << record << " has no outcome";
    return {};
  }
  static std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      lines.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    return lines;
  }

  std::uint64_t batches_ = 0;
  std::uint64_t records_ = 0;
};

TEST_F(AssociationDeliveryTest, ARecordIsCreatedWithTheContactThatItsEmailStandsFor) {
  add_batch({{"A", "c51@x"}, {"B", ""}});
  start();
  run();
  EXPECT_EQ(log_.tally().created, 2U);
  EXPECT_EQ(api_.calls.at(0).endpoint, Endpoint::batch_read);
  EXPECT_EQ(api_.calls.at(0).object, "contacts");
  EXPECT_THAT(api_.bodies.at(0), HasSubstr(R"("idProperty":"email","inputs":[{"id":"c51@x"}])"));
  EXPECT_EQ(values_behind(body_to(Endpoint::batch_create), R"("to":{"id":")"),
            std::vector<std::string>{"51"});
  EXPECT_EQ(outcome(1).outcome.refusal->code, "");
}

TEST_F(AssociationDeliveryTest, ARecordIdNeedsNoLookUp) {
  rule().match.reset();
  add_batch({{"A", "51"}});
  start();
  run();
  EXPECT_EQ(calls_to(Endpoint::batch_read), 0U);
  EXPECT_THAT(body_to(Endpoint::batch_create), HasSubstr(R"("to":{"id":"51"})"));
}

TEST_F(AssociationDeliveryTest, WithoutItsContactARecordIsLoadedAndSaysSo) {
  add_batch({{"A", "nobody@x"}, {"B", "c52@x"}});
  start();
  run();
  EXPECT_EQ(log_.tally().created, 2U);
  EXPECT_EQ(log_.tally().lacking_association, 1U);
  EXPECT_EQ(outcome(1).outcome.status, OutcomeStatus::created);
  EXPECT_EQ(outcome(1).outcome.refusal->code, "ASSOCIATION_NOT_FOUND");
  EXPECT_EQ(outcome(1).outcome.refusal->column, "Email");
  EXPECT_EQ(outcome(1).outcome.refusal->message,
            "HubSpot has no record of contacts with email \"nobody@x\", so that the record is "
            "loaded without this association");
  EXPECT_EQ(outcome(2).outcome.refusal->code, "");
}

TEST_F(AssociationDeliveryTest, OrItIsRejectedAndItsNeighboursLoad) {
  rule().missing = MissingAssociation::reject;
  add_batch({{"A", "c51@x"}, {"B", "nobody@x"}, {"C", ""}});
  start();
  run();
  EXPECT_EQ(log_.tally().created, 2U);
  EXPECT_EQ(outcome(2).outcome.status, OutcomeStatus::rejected);
  EXPECT_EQ(outcome(2).outcome.refusal->code, "ASSOCIATION_NOT_FOUND");
  EXPECT_EQ(outcome(2).outcome.refusal->message,
            "HubSpot has no record of contacts with email \"nobody@x\"; make one, mend the cell, "
            "or load without it by missing = \"skip\"");
  EXPECT_THAT(body_to(Endpoint::batch_create), Not(HasSubstr("\"B\"")));
}

TEST_F(AssociationDeliveryTest, AContactIsLookedUpOnceForAllWhoNameIt) {
  for (int batch = 0; batch < 5; ++batch)
    add_batch({{"A" + std::to_string(batch), "c51@x"}, {"B" + std::to_string(batch), "c52@x"}});
  start();
  run();
  EXPECT_EQ(log_.tally().created, 10U);
  EXPECT_EQ(calls_to(Endpoint::batch_read), 1U);
}

/// Batches wait for leave behind others that take their time; what they need is known by then.
TEST_F(AssociationDeliveryTest, LooksUpWhatLaterBatchesNeedWhileEarlierOnesAreSent) {
  settings_.limits.connections = 2;
  api_.latency = 1s;
  for (int batch = 0; batch < 8; ++batch) {
    const std::string number = std::to_string(batch);
    add_batch({{"A" + number, "c" + number + "@x"}});
  }
  start();
  run();
  EXPECT_EQ(log_.tally().created, 8U);
  EXPECT_LE(calls_to(Endpoint::batch_read), 3U) << "several batches ask together";
  EXPECT_LE(now(), 6s) << "one look-up before the first, the others beside it";
}

TEST_F(AssociationDeliveryTest, TakesNoMoreBatchesThanItCanLookUpSoon) {
  limits_.most_values_wanted = 3;
  settings_.limits.connections = 1;
  api_.latency = 10s;
  for (int batch = 0; batch < 20; ++batch) {
    const std::string number = std::to_string(batch);
    add_batch({{"A" + number, "c" + number + "@x"}});
  }
  start();
  run_until(5s);
  EXPECT_LE(source_.taken, 5U);
  run();
  EXPECT_EQ(log_.tally().created, 20U);
}

TEST_F(AssociationDeliveryTest, AFailedLookUpIsMadeAgainAndNothingIsSentWithoutIt) {
  int failures = 3;
  api_.answer_call = [&](const ApiCall& call) {
    if (call.endpoint == Endpoint::batch_read && failures-- > 0) return answered(503, "busy");
    return answer(call);
  };
  add_batch({{"A", "c51@x"}});
  start();
  run();
  EXPECT_EQ(calls_to(Endpoint::batch_read), 4U);
  EXPECT_EQ(calls_to(Endpoint::batch_create), 1U);
  EXPECT_THAT(body_to(Endpoint::batch_create), HasSubstr(R"("to":{"id":"51"})"));
}

TEST_F(AssociationDeliveryTest, ALookUpThatFailsForGoodStopsTheRunAndLosesNothing) {
  settings_.retry.attempts = 3;
  api_.answer_call = [&](const ApiCall& call) {
    if (call.endpoint == Endpoint::batch_read) return answered(503, "busy");
    return answer(call);
  };
  add_batch({{"A", "c51@x"}});
  start();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(stop_.reason(), StopReason::outage);
  EXPECT_EQ(log_.tally().pending(), 1U);
  EXPECT_EQ(calls_to(Endpoint::batch_create), 0U);
}

TEST_F(AssociationDeliveryTest, AMissingScopeStopsTheRun) {
  api_.answer_call = [&](const ApiCall& call) {
    if (call.endpoint != Endpoint::batch_read) return answer(call);
    return answered(403, R"({"status":"error","category":"MISSING_SCOPES","message":"no"})");
  };
  add_batch({{"A", "c51@x"}});
  start();
  run();
  EXPECT_EQ(stop_.reason(), StopReason::scope_missing);
  EXPECT_EQ(log_.tally().pending(), 1U);
}

/// Contract §1.6: a 207 may come back without those that are there.
TEST_F(AssociationDeliveryTest, AnEmptyPartialAnswerIsAskedForInHalves) {
  api_.answer_call = [&](const ApiCall& call) {
    const Answer whole = answer(call);
    if (call.endpoint != Endpoint::batch_read || whole.status != 207) return whole;
    return answered(207, R"({"results":[],)" + whole.body.substr(whole.body.find("\"numErrors\"")));
  };
  add_batch({{"A", "c51@x"}, {"B", "nobody@x"}, {"C", "c53@x"}});
  start();
  run();
  EXPECT_EQ(values_behind(body_to(Endpoint::batch_create), R"("to":{"id":")"),
            (std::vector<std::string>{"51", "53"}));
  EXPECT_EQ(outcome(2).outcome.refusal->code, "ASSOCIATION_NOT_FOUND");
}

/// A 2xx that says nothing (contract §2.4) must not cost a record its contact.
TEST_F(AssociationDeliveryTest, SilenceIsNotTakenForAMissingContact) {
  int silences = 2;
  api_.answer_call = [&](const ApiCall& call) {
    if (call.endpoint == Endpoint::batch_read && silences-- > 0)
      return answered(200, R"({"status":"COMPLETE","results":[]})");
    return answer(call);
  };
  add_batch({{"A", "c51@x"}});
  start();
  run();
  EXPECT_THAT(body_to(Endpoint::batch_create), HasSubstr(R"("to":{"id":"51"})"));
}

TEST_F(AssociationDeliveryTest, AContactThatComesUnderItsFirstEmailIsFoundAllTheSame) {
  api_.answer_call = [&](const ApiCall& call) {
    if (call.endpoint != Endpoint::batch_read) return answer(call);
    return answered(200, R"({"results":[{"id":"51","properties":{"email":"first@x"}}]})");
  };
  add_batch({{"A", "second@x"}});
  start();
  run();
  EXPECT_THAT(body_to(Endpoint::batch_create), HasSubstr(R"("to":{"id":"51"})"));
}

TEST_F(AssociationDeliveryTest, AValueThatHubSpotRefusesIsAloneInBeingMissing) {
  api_.answer_call = [&](const ApiCall& call) {
    const bool bad = call.body.find("c52@x") != std::string_view::npos;
    if (call.endpoint != Endpoint::batch_read || !bad) return answer(call);
    return answered(400, R"({"status":"error","category":"VALIDATION_ERROR","message":"odd"})");
  };
  add_batch({{"A", "c51@x"}, {"B", "c52@x"}, {"C", "c53@x"}});
  start();
  run();
  EXPECT_EQ(log_.tally().created, 3U);
  EXPECT_EQ(log_.tally().lacking_association, 1U);
  EXPECT_THAT(outcome(2).outcome.refusal->message, HasSubstr("(odd)"));
}

TEST_F(AssociationDeliveryTest, AStopEndsWhatIsLookedUp) {
  api_.answer_call = [&](const ApiCall& call) {
    return call.endpoint == Endpoint::batch_read ? answered(503, "busy") : answer(call);
  };
  settings_.retry.attempts = 1'000;
  settings_.retry.base = 100s;
  settings_.retry.cap = 100s;
  add_batch({{"A", "c51@x"}});
  start();
  run_until(1s);
  stop_.request(StopReason::interrupted, "Interrupted");
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_FALSE(failure_);
  EXPECT_EQ(now(), 1s);
  EXPECT_EQ(log_.tally().pending(), 1U);
}

class UpsertDeliveryTest : public AssociationDeliveryTest {
 protected:
  UpsertDeliveryTest() { settings_.mapping.write = WriteMode::upsert; }

  Answer answer(const ApiCall& call) override {
    if (call.endpoint != Endpoint::batch_upsert) return AssociationDeliveryTest::answer(call);
    std::string results;
    std::set<std::string> keys;
    for (const std::string& key : values_behind(call.body, R"({"id":")")) {
      EXPECT_TRUE(keys.insert(key).second) << key << " stands twice in one request";
      const bool is_new = known_.insert(key).second;
      results += (results.empty() ? "" : ",") + std::string(R"({"id":"9)") + key + R"(","new":)" +
                 (is_new ? "true" : "false") + R"(,"properties":{")" +
                 std::string(test::kKeyProperty) + R"(":")" + key + R"("}})";
    }
    return answered(200, R"({"status":"COMPLETE","results":[)" + results + "]}");
  }

  std::set<std::string> known_;  ///< keys of records that HubSpot has
};

TEST_F(UpsertDeliveryTest, NewTellsCreatedFromUpdated) {
  known_ = {"2"};
  add_batch({{"1", ""}, {"2", ""}});
  start();
  run();
  EXPECT_EQ(outcome(1).outcome.status, OutcomeStatus::created);
  EXPECT_EQ(outcome(2).outcome.status, OutcomeStatus::updated);
  EXPECT_EQ(calls_to(Endpoint::associate_batch), 0U);
}

TEST_F(UpsertDeliveryTest, RowsOfOneIdAreAllSentInTheOrderOfTheSource) {
  add_batch({{"1", ""}, {"2", ""}, {"1", ""}});
  add_batch({{"1", ""}});
  start();
  run();
  EXPECT_EQ(calls_to(Endpoint::batch_upsert), 3U);
  EXPECT_EQ(outcome(1).outcome.status, OutcomeStatus::created);
  EXPECT_EQ(outcome(3).outcome.status, OutcomeStatus::updated);
  EXPECT_EQ(outcome(4).outcome.status, OutcomeStatus::updated);
}

TEST_F(UpsertDeliveryTest, AssociatesInACallOfItsOwnBeforeTheOutcomeIsWritten) {
  std::string outcomes_at_the_call = "no call";
  api_.answer_call = [&](const ApiCall& call) {
    if (call.endpoint == Endpoint::associate_batch)
      outcomes_at_the_call = disk_.text(LogFile::outcomes);
    return answer(call);
  };
  add_batch({{"1", "c51@x"}, {"2", ""}});
  start();
  run();
  EXPECT_EQ(
      body_to(Endpoint::associate_batch),
      R"({"inputs":[{"from":{"id":"91"},"to":{"id":"51"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":387}]}]})");
  EXPECT_EQ(api_.calls.back().to_object, "contacts");
  EXPECT_THAT(outcomes_at_the_call, StartsWith(R"({"record":2,)"));
  EXPECT_THAT(outcomes_at_the_call, Not(HasSubstr(R"("record":1,)")));
  EXPECT_EQ(outcome(1).outcome.status, OutcomeStatus::created);
}

TEST_F(UpsertDeliveryTest, AnAssociationCallThatFailsIsMadeAgainAlone) {
  int failures = 2;
  api_.answer_call = [&](const ApiCall& call) {
    if (call.endpoint == Endpoint::associate_batch && failures-- > 0)
      return Answer(Reach::sent_unanswered, "reset");
    return answer(call);
  };
  add_batch({{"1", "c51@x"}});
  start();
  run();
  EXPECT_EQ(calls_to(Endpoint::batch_upsert), 1U);
  EXPECT_EQ(calls_to(Endpoint::associate_batch), 3U);
  EXPECT_EQ(outcome(1).outcome.status, OutcomeStatus::created);
  EXPECT_EQ(log_.tally().lacking_association, 0U);
}

TEST_F(UpsertDeliveryTest, ARefusedAssociationIsToldAndTheRecordIsStillLoaded) {
  api_.answer_call = [&](const ApiCall& call) {
    if (call.endpoint != Endpoint::associate_batch) return answer(call);
    return answered(
        207,
        R"({"results":[{"fromObjectId":"92"}],"numErrors":1,"errors":[{"status":"error","category":"VALIDATION_ERROR","subCategory":"crm.associations.INVALID_IDENTIFIER","message":"51 is not a valid ID","context":{"id":["51"]}}]})");
  };
  add_batch({{"1", "c51@x"}, {"2", "c52@x"}});
  start();
  run();
  EXPECT_EQ(outcome(1).outcome.status, OutcomeStatus::created);
  EXPECT_EQ(outcome(1).outcome.refusal->code, "ASSOCIATION_REFUSED");
  EXPECT_EQ(outcome(2).outcome.refusal->code, "");
  EXPECT_EQ(log_.tally().created, 2U);
  EXPECT_EQ(log_.tally().lacking_association, 1U);
}

TEST_F(UpsertDeliveryTest, AStopBetweenTheTwoCallsLeavesTheRecordPending) {
  api_.answer_call = [&](const ApiCall& call) {
    if (call.endpoint == Endpoint::batch_upsert)
      stop_.request(StopReason::interrupted, "Interrupted");
    return answer(call);
  };
  add_batch({{"1", "c51@x"}});
  start();
  run();
  EXPECT_EQ(calls_to(Endpoint::associate_batch), 0U);
  EXPECT_EQ(log_.tally().pending(), 1U);
  EXPECT_EQ(disk_.text(LogFile::outcomes), "");
}

}  // namespace
}  // namespace payferry

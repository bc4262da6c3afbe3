#include "model/pairing.hpp"

#include <gtest/gtest.h>

#include "sent_batch.hpp"

namespace payferry {
namespace {

/// The texts must outlive what is returned.
AnsweredRecord record(std::string_view id, std::string_view key, std::string_view trace_id = "") {
  AnsweredRecord result;
  result.id = id;
  result.key = key;
  result.trace_id = trace_id;
  return result;
}

/// The entries' matches: the id of the result, or a sign where there is none.
std::string matches(const std::vector<AnsweredRecord>& results, const SentBatch& batch,
                    std::vector<bool> refused = {}) {
  refused.resize(batch.sent().size());
  std::string text;
  for (const Match& match : pair_results(results, batch.sent(), refused).matches) {
    switch (match.kind) {
      case Match::Kind::none:
        text += '-';
        break;
      case Match::Kind::result:
        text += match.result->id;
        break;
      case Match::Kind::unnamed:
        text += '?';
        break;
      case Match::Kind::ambiguous:
        text += '!';
        break;
    }
  }
  return text;
}

TEST(Pairing, TheExactKeyComesBeforeTheFoldedOne) {
  const SentBatch batch = SentBatch().keyed("a").keyed("A").keyed("b");
  EXPECT_EQ(matches({record("2", "A"), record("3", "B"), record("1", "a")}, batch), "123");
}

TEST(Pairing, AKeySentTwiceIsPairedByTraceIdAlone) {
  const SentBatch batch = SentBatch().keyed("a").keyed("a");
  EXPECT_EQ(matches({record("2", "a"), record("1", "a")}, batch), "--");
  EXPECT_EQ(matches({record("2", "a", "2"), record("1", "a", "1")}, batch), "12");
}

TEST(Pairing, TwoFoldedKeysForOneEntryAreNone) {
  const SentBatch batch = SentBatch().keyed("a ");
  EXPECT_EQ(matches({record("1", "A"), record("2", "a")}, batch), "-");
}

TEST(Pairing, AForeignTraceIdIsNobodys) {
  const SentBatch batch = SentBatch().keyless("{}");
  EXPECT_EQ(matches({record("1", "", "77")}, batch), "-");
}

TEST(Pairing, AThirdResultDoesNotHealAContradiction) {
  const SentBatch batch = SentBatch().keyed("a");
  EXPECT_EQ(matches({record("1", "a"), record("2", "a"), record("1", "a")}, batch), "!");
}

TEST(Pairing, ARefusedEntryIsNotCountedAmongTheDone) {
  const SentBatch batch = SentBatch().keyless(R"({"a":"1"})").keyless(R"({"a":"2"})");
  EXPECT_EQ(matches({record("1", "")}, batch, {true, false}), "-1");
  EXPECT_EQ(matches({record("1", "")}, batch), "--");
  EXPECT_EQ(matches({record("1", ""), record("2", "")}, batch), "??");
}

TEST(Pairing, CountsStrangers) {
  const SentBatch batch = SentBatch().keyed("a");
  const std::vector<AnsweredRecord> results{record("1", "x"), record("2", "a"), record("3", "")};
  EXPECT_EQ(pair_results(results, batch.sent(), {false}).strangers, 2U);
}

}  // namespace
}  // namespace payferry

#include "loader/verify/read_back.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/verify/verify_samples.hpp"

namespace payferry::test {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

const Currency kPounds = Currency::parse("GBP").value();

class ReadBackTest : public testing::Test {
 protected:
  ReadBack open(bool has_key = true) { return ReadBack(batch_, comparison_, has_key); }

  /// HubSpot's answer: these records with their amounts, and these ids as not found.
  void answer(ReadBack& progress, ReadBack::Question question,
              const std::vector<std::pair<std::uint64_t, std::string>>& found,
              const std::vector<std::uint64_t>& missing = {}) {
    Answer answer;
    answer.reach = Reach::answered;
    answer.status = missing.empty() ? 200 : 207;
    answer.body = R"({"results":[)";
    for (const auto& [number, amount] : found) {
      const std::string text = std::to_string(number);
      if (answer.body.back() == '}') answer.body += ',';
      answer.body += R"({"id":")" + std::to_string(1000 + number) +
                     R"(","properties":{"hs_external_reference_id":"k)" + text +
                     R"(","hs_currency_code":"GBP","hs_initial_amount":")" + amount + R"("}})";
    }
    answer.body += "]";
    std::string ids;
    for (const std::uint64_t number : missing)
      ids += (ids.empty() ? "\"" : ",\"") + std::to_string(1000 + number) + '"';
    if (!ids.empty()) {
      answer.body +=
          R"(,"numErrors":1,"errors":[{"category":"OBJECT_NOT_FOUND","context":{"ids":[)" + ids +
          "]}}]";
    }
    answer.body += "}";
    take(progress, std::move(question), answer);
  }
  void take(ReadBack& progress, ReadBack::Question question, const Answer& answer) {
    AnswerInterest interest;
    interest.id_property = "hs_external_reference_id";
    interest.whole_properties = true;
    const BatchAnswer body = decode_batch_answer(answer.body, interest);
    const auto asked = progress.asked(question);
    const ReadVerdict verdict = classify_read(answer, body, asked, question.by);
    progress.take(std::move(question), verdict);
  }
  static Answer refusal(int status) {
    Answer answer;
    answer.reach = Reach::answered;
    answer.status = status;
    answer.body = R"({"category":"VALIDATION_ERROR","message":"no such id"})";
    return answer;
  }

  CheckBatch batch_ = check_batch(1, 3);
  PropertySchema schema_ = payment_schema();
  RecordComparison comparison_{payment_rules(), schema_};
};

TEST_F(ReadBackTest, AllAreAskedForByTheirIdsAtOnce) {
  ReadBack progress = open();
  auto question = progress.next();
  ASSERT_TRUE(question);
  EXPECT_EQ(question->by, ReadBy::record_id);
  EXPECT_THAT(progress.asked(*question), ElementsAre("1001", "1002", "1003"));
  answer(progress, *question, {{1, "12.5"}, {2, "12.50"}, {3, "12.51"}});
  EXPECT_TRUE(progress.is_done());
  EXPECT_EQ(progress.findings()[0].kind, FindingKind::same);
  EXPECT_EQ(progress.findings()[1].kind, FindingKind::same);
  EXPECT_EQ(progress.findings()[2].kind, FindingKind::differs);
}

TEST_F(ReadBackTest, TheBooksHoldWhatHubSpotHolds) {
  ReadBack progress = open();
  answer(progress, *progress.next(), {{1, "12.5"}, {3, "12.51"}}, {2});
  const Total& total = progress.held().by_currency().at(kPounds).read;
  EXPECT_EQ(total.count, 2U);
  EXPECT_EQ(total.sum, Decimal(2501, 2));
}

TEST_F(ReadBackTest, WhatHubSpotDoesNotHaveIsGone) {
  ReadBack progress = open();
  answer(progress, *progress.next(), {{1, "12.5"}, {3, "12.5"}}, {2});
  EXPECT_TRUE(progress.is_done());
  EXPECT_EQ(progress.findings()[1].kind, FindingKind::gone);
}

TEST_F(ReadBackTest, WhatTheAnswerDoesNotTellIsAskedForInHalves) {
  ReadBack progress = open();
  answer(progress, *progress.next(), {}, {2});
  EXPECT_FALSE(progress.is_done());
  const auto half = progress.next();
  EXPECT_THAT(progress.asked(*half), ElementsAre("1001"));
  answer(progress, *half, {{1, "12.5"}});
  answer(progress, *progress.next(), {{3, "12.5"}});
  EXPECT_TRUE(progress.is_done());
}

TEST_F(ReadBackTest, AfterAFaultOfTheServersTheSameIsAskedAgain) {
  ReadBack progress = open();
  take(progress, *progress.next(), Answer(Reach::sent_unanswered, "reset"));
  EXPECT_THAT(progress.asked(*progress.next()), SizeIs(3));
}

TEST_F(ReadBackTest, AnIdThatHubSpotRefusesCostsNoNeighbour) {
  ReadBack progress = open();
  take(progress, *progress.next(), refusal(400));
  while (auto question = progress.next()) {
    const auto asked = progress.asked(*question);
    if (std::find(asked.begin(), asked.end(), "1002") != asked.end()) {
      take(progress, *question, refusal(400));
    } else {
      std::vector<std::pair<std::uint64_t, std::string>> found;
      for (const auto id : asked) found.emplace_back(std::stoull(std::string(id)) - 1000, "12.50");
      answer(progress, *question, found);
    }
  }
  EXPECT_EQ(progress.findings()[0].kind, FindingKind::same);
  EXPECT_EQ(progress.findings()[1].kind, FindingKind::unchecked);
  EXPECT_EQ(progress.findings()[2].kind, FindingKind::same);
}

TEST_F(ReadBackTest, ARecordWithoutIdIsAskedForByItsKey) {
  batch_.records[1].id.clear();
  ReadBack progress = open();
  const auto by_id = progress.next();
  EXPECT_THAT(progress.asked(*by_id), ElementsAre("1001", "1003"));
  answer(progress, *by_id, {{1, "12.5"}, {3, "12.5"}});
  const auto by_key = progress.next();
  ASSERT_TRUE(by_key);
  EXPECT_EQ(by_key->by, ReadBy::key);
  EXPECT_THAT(progress.asked(*by_key), ElementsAre("k2"));
  answer(progress, *by_key, {{2, "12.5"}});
  EXPECT_EQ(progress.findings()[1].kind, FindingKind::same);
}

TEST_F(ReadBackTest, ARecordWithNeitherIdNorKeyCannotBeChecked) {
  batch_.records[1].id.clear();
  ReadBack progress = open(false);
  EXPECT_EQ(progress.findings()[1].kind, FindingKind::unchecked);
  EXPECT_THAT(progress.asked(*progress.next()), ElementsAre("1001", "1003"));
}

TEST_F(ReadBackTest, NoQuestionNamesARecordTwice) {
  batch_.records[2].id = "1001";
  ReadBack progress = open();
  std::vector<std::size_t> sizes;
  while (const auto question = progress.next()) sizes.push_back(question->records.size());
  EXPECT_THAT(sizes, testing::UnorderedElementsAre(2, 1));
}

}  // namespace
}  // namespace payferry::test

#include "loader/report/summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace payferry {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

const Currency kPounds = Currency::parse("GBP").value();

/// Two records, one of which is loaded and one refused.
Summary sample() {
  Summary summary;
  summary.run_id = "20260528-202640-ab12";
  summary.tally.count_read(kPounds, Decimal(1250, 2));
  summary.tally.count_outcome(kPounds, Decimal(1250, 2), OutcomeStatus::created);
  summary.tally.count_read(kPounds, Decimal(100, 2));
  summary.tally.count_outcome(kPounds, Decimal(100, 2), OutcomeStatus::rejected);
  summary.counters = {9, 8, 7, 6, std::chrono::milliseconds(4000)};
  summary.complete = true;
  summary.exit_code = 1;
  return summary;
}

json::object written(const Summary& summary) {
  return json::parse(summary.to_json()).as_object();
}

TEST(Summary, HasWhatTheContractNames) {
  const json::object object = written(sample());
  for (const char* key : {"records", "created", "updated", "existing", "invalid", "rejected",
                          "unknown", "pending", "complete", "requests", "retries", "throttled",
                          "reconciled", "duration_s", "records_per_s", "amounts"}) {
    EXPECT_TRUE(object.contains(key)) << key;
  }
  EXPECT_EQ(object.at("records").to_number<int>(), 2);
  EXPECT_EQ(object.at("pending").to_number<int>(), 0);
  EXPECT_EQ(object.at("complete").as_bool(), true);
  EXPECT_EQ(object.at("books_balance").as_bool(), true);
  EXPECT_EQ(object.at("duration_s").to_number<double>(), 4);
  EXPECT_EQ(object.at("records_per_s").to_number<double>(), 0.5);
  EXPECT_EQ(object.at("amounts").at("GBP").at("read").at("sum").as_string(), "13.50");
  EXPECT_FALSE(object.contains("stopped"));
  EXPECT_FALSE(object.contains("input_broken"));
  EXPECT_FALSE(object.contains("input_cut_short"));
}

TEST(Summary, ReadsBackWhatItWrote) {
  Summary summary = sample();
  summary.complete = false;
  summary.stopped = "Stopped by a \"signal\"";
  summary.input_broken = "The input broke off";
  summary.is_cut_short = true;
  const auto back = Summary::parse(summary.to_json());
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(back->run_id, summary.run_id);
  EXPECT_EQ(back->tally.records, 2U);
  EXPECT_EQ(back->tally.rejected, 1U);
  EXPECT_EQ(back->counters, summary.counters);
  EXPECT_FALSE(back->complete);
  EXPECT_EQ(back->exit_code, 1);
  EXPECT_EQ(back->stopped, summary.stopped);
  EXPECT_EQ(back->input_broken, summary.input_broken);
  EXPECT_TRUE(back->is_cut_short);
  EXPECT_EQ(back->to_json(), summary.to_json());
}

TEST(Summary, EveryDurationReadsBackToTheMillisecond) {
  Summary summary;
  for (int busy = 0; busy < 5000; busy += 1) {
    summary.counters.busy = std::chrono::milliseconds(busy);
    ASSERT_EQ(Summary::parse(summary.to_json())->counters.busy.count(), busy);
  }
}

TEST(Summary, ASentenceThatIsNotUtf8IsMadeSo) {
  Summary summary = sample();
  summary.input_broken = "f\xE9vrier.csv broke off";
  const auto back = Summary::parse(summary.to_json());
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(back->input_broken, "f\xEF\xBF\xBDvrier.csv broke off");
}

TEST(Summary, EveryTornSummaryIsAnErrorInASentence) {
  const std::string text = sample().to_json();
  for (std::size_t size = 0; size + 1 < text.size(); ++size) {
    const auto parsed = Summary::parse(text.substr(0, size));
    ASSERT_FALSE(parsed) << size;
    EXPECT_THAT(parsed.error(), HasSubstr("summary.json cannot be read ("));
  }
}

TEST(Summary, WhatItDidNotWriteIsAnError) {
  for (const char* key : {"run", "complete", "exit_code", "requests", "duration_s", "amounts"}) {
    json::object object = written(sample());
    object.erase(key);
    EXPECT_FALSE(Summary::parse(json::serialize(object))) << key;
    object[key] = json::array();
    EXPECT_FALSE(Summary::parse(json::serialize(object))) << key;
  }
  EXPECT_FALSE(Summary::parse("[]"));
}

TEST(Summary, ThereIsNoPaceBeforeAnyTimeHasGone) {
  Summary summary = sample();
  summary.counters.busy = {};
  EXPECT_EQ(summary.records_per_second(), 0);
}

TEST(SummaryBooks, BalanceWhenAllThatWasReadIsLoadedOrRefused) {
  EXPECT_TRUE(sample().books_balance());
  EXPECT_TRUE(Summary().books_balance());
}

TEST(SummaryBooks, MayHavePendingRecordsUntilTheRunIsComplete) {
  Summary summary = sample();
  summary.tally.count_read(kPounds, Decimal(1, 2));
  EXPECT_FALSE(summary.books_balance());
  summary.complete = false;
  EXPECT_TRUE(summary.books_balance());
}

TEST(SummaryBooks, OfAPartAreJudgedByThatPart) {
  Summary summary = sample();
  summary.complete = false;
  summary.tally.records = 9;
  EXPECT_FALSE(summary.books_balance());
  EXPECT_FALSE(written(summary).contains("amounts_before_record"));
  summary.books_before = RecordNumber(3);
  EXPECT_TRUE(summary.books_balance());
  EXPECT_EQ(summary.records_in_books(), 2U);
  EXPECT_EQ(written(summary).at("amounts_before_record").to_number<int>(), 3);
  EXPECT_EQ(Summary::parse(summary.to_json())->books_before, RecordNumber(3));
}

TEST(SummaryBooks, DoNotBalanceWhenASumIsOff) {
  Summary summary = sample();
  summary.tally.totals.by_currency()[kPounds].loaded.sum += Decimal(1, 2);
  EXPECT_FALSE(summary.books_balance());
}

TEST(SummaryBooks, DoNotBalanceWhenMoreCameOutThanWentIn) {
  Summary summary = sample();
  summary.complete = false;
  EXPECT_TRUE(summary.books_balance());
  summary.tally.count_outcome(kPounds, Decimal(100, 2), OutcomeStatus::created);
  EXPECT_FALSE(summary.books_balance());
}

TEST(SummaryBooks, DoNotBalanceWhenARecordIsInNoCurrencysBooks) {
  Summary summary = sample();
  summary.complete = false;
  ++summary.tally.records;
  EXPECT_FALSE(summary.books_balance());
}

}  // namespace
}  // namespace payferry

#include "loader/run/attempt_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

constexpr Instant kAt{std::chrono::milliseconds(1'780'000'000'123)};
constexpr std::uint64_t kLargest = UINT64_MAX;

/// The line, without its line end, which it must have.
template <class Line>
std::string text_of(const Line& line) {
  std::string text;
  append_line(text, line);
  EXPECT_TRUE(text.ends_with('\n'));
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  text.pop_back();
  return text;
}

template <class Line>
Line read_back(const Line& line) {
  const auto parsed = parse_attempt_line(text_of(line));
  EXPECT_TRUE(parsed);
  return std::get<Line>(parsed.value());
}

SendLine send_line() {
  SendLine line;
  line.batch = BatchNumber(12);
  line.attempt = 3;
  line.records = {{RecordNumber(1101), RecordNumber(1150)},
                  {RecordNumber(1160), RecordNumber(1160)}};
  line.at = kAt;
  return line;
}

CheckpointLine checkpoint_line() {
  CheckpointLine line;
  line.next = RecordNumber(501);
  line.position = {InputIndex(2), LineNumber(733), ByteOffset(40'961)};
  line.bytes = {10, 0, 5'000'000'000, 77};
  line.tally.count_read(*Currency::parse("GBP"), Decimal(-1250, 2));
  line.tally.count_outcome(*Currency::parse("GBP"), Decimal(-1250, 2), OutcomeStatus::created);
  line.counters = {6, 5, 4, 3, std::chrono::milliseconds(1234)};
  line.at = kAt;
  return line;
}

CountersLine counters_line() {
  CountersLine line;
  line.counters = {6, 5, 4, 3, std::chrono::milliseconds(1234)};
  line.at = kAt;
  return line;
}

TEST(AttemptLine, ASendIsWrittenWithItsRecordsAsRanges) {
  EXPECT_EQ(text_of(send_line()),
            R"({"event":"send","batch":12,"attempt":3,"records":[[1101,1150],[1160,1160]],)"
            R"("at":"2026-05-28T20:26:40.123Z"})");
}

TEST(AttemptLine, ASendReadsBack) {
  const SendLine line = read_back(send_line());
  EXPECT_EQ(line.batch, BatchNumber(12));
  EXPECT_EQ(line.attempt, 3U);
  EXPECT_EQ(line.records, send_line().records);
  EXPECT_EQ(line.at, kAt);
}

TEST(AttemptLine, TheLargestNumbersReadBack) {
  SendLine line;
  line.batch = BatchNumber(kLargest);
  line.attempt = UINT32_MAX;
  line.records = {{RecordNumber(kLargest), RecordNumber(kLargest)}};
  const SendLine back = read_back(line);
  EXPECT_EQ(back.batch, line.batch);
  EXPECT_EQ(back.attempt, line.attempt);
  EXPECT_EQ(back.records, line.records);
}

TEST(AttemptLine, AnAnswerOnlyHasWhatThereIsToSay) {
  AnswerLine line;
  line.batch = BatchNumber(1);
  line.attempt = 1;
  line.http = 201;
  line.at = kAt;
  EXPECT_EQ(text_of(line), R"({"event":"answer","batch":1,"attempt":1,"http":201,)"
                           R"("at":"2026-05-28T20:26:40.123Z"})");
  const AnswerLine back = read_back(line);
  EXPECT_EQ(back.http, 201);
  EXPECT_EQ(back.failure, "");
  EXPECT_EQ(back.correlation_id, "");
  EXPECT_FALSE(back.none_written);
}

TEST(AttemptLine, AnAnswerReadsBackWithAllThatItMayHave) {
  AnswerLine line;
  line.batch = BatchNumber(9);
  line.attempt = 2;
  line.http = 429;
  line.failure = "closed by \"peer\"\n\xE2\x80\xA6";
  line.correlation_id = "0190-aa";
  line.none_written = true;
  line.at = kAt;
  const AnswerLine back = read_back(line);
  EXPECT_EQ(back.batch, line.batch);
  EXPECT_EQ(back.attempt, 2U);
  EXPECT_EQ(back.http, 429);
  EXPECT_EQ(back.failure, line.failure);
  EXPECT_EQ(back.correlation_id, "0190-aa");
  EXPECT_TRUE(back.none_written);
  EXPECT_EQ(back.at, kAt);
}

TEST(AttemptLine, AFailuresTextThatIsNotUtf8StillReadsBack) {
  AnswerLine line;
  line.failure = "broken \xE9";
  EXPECT_EQ(read_back(line).failure, line.failure);
}

TEST(AttemptLine, ACheckpointReadsBack) {
  const CheckpointLine line = checkpoint_line();
  const CheckpointLine back = read_back(line);
  EXPECT_EQ(back.next, line.next);
  EXPECT_EQ(back.position, line.position);
  EXPECT_EQ(back.bytes, line.bytes);
  EXPECT_EQ(back.tally.records, 1U);
  EXPECT_EQ(back.tally.created, 1U);
  EXPECT_EQ(back.tally.totals.by_currency().at(*Currency::parse("GBP")).read.sum,
            Decimal(-1250, 2));
  EXPECT_EQ(back.counters, line.counters);
  EXPECT_EQ(back.at, kAt);
}

TEST(AttemptLine, ACheckpointOfAnEarlierVersionHasNoTime) {
  CheckpointLine line = checkpoint_line();
  line.at.reset();
  EXPECT_EQ(text_of(line).find("\"at\""), std::string::npos);
  EXPECT_EQ(read_back(line).at, std::nullopt);
}

TEST(AttemptLine, ACheckpointBehindABrokenPlaceSaysSo) {
  EXPECT_EQ(text_of(checkpoint_line()).find("input_broken"), std::string::npos);
  EXPECT_EQ(read_back(checkpoint_line()).input_broken, "");
  CheckpointLine line = checkpoint_line();
  line.input_broken = "caf\xE9.csv: a quote opens in line 7 and is not closed";
  EXPECT_EQ(read_back(line).input_broken, line.input_broken);
}

TEST(AttemptLine, ACheckpointBehindACutRequestSaysWhenThatWasSent) {
  EXPECT_EQ(read_back(checkpoint_line()).last_cut_send, std::nullopt);
  CheckpointLine line = checkpoint_line();
  line.last_cut_send = kAt;
  EXPECT_EQ(read_back(line).last_cut_send, kAt);
}

TEST(AttemptLine, CountersReadBack) {
  EXPECT_EQ(text_of(counters_line()),
            R"({"event":"counters","counters":{"requests":6,"retries":5,"throttled":4,)"
            R"("reconciled":3,"busy_ms":1234},"at":"2026-05-28T20:26:40.123Z"})");
  const CountersLine back = read_back(counters_line());
  EXPECT_EQ(back.counters, counters_line().counters);
  EXPECT_EQ(back.at, kAt);
}

TEST(AttemptLine, ACheckpointOfSumsBeyondAnyOneAmountReadsBack) {
  CheckpointLine line;
  const Currency currency = Currency::parse("IDR").value();
  for (int i = 0; i < 30; ++i) line.tally.count_read(currency, Decimal(999'999'999'999'999, 0));
  const CheckpointLine back = read_back(line);
  EXPECT_EQ(back.tally.totals.by_currency().at(currency).read.sum.to_string(), "29999999999999970");
}

TEST(AttemptLine, EveryTornLineIsNotOurs) {
  for (const std::string& line :
       {text_of(send_line()), text_of(checkpoint_line()), text_of(counters_line())}) {
    for (std::size_t size = 0; size < line.size(); ++size)
      EXPECT_FALSE(parse_attempt_line(line.substr(0, size))) << line.substr(0, size);
  }
}

TEST(AttemptLine, WhatPayferryCannotHaveWrittenIsNotOurs) {
  for (const char* line :
       {"", "null", "[]", "\"send\"", "{}", R"({"event":"sent"})", R"({"event":1})",
        R"({"event":"send","batch":-1,"attempt":1,"records":[],"at":"2026-05-28T20:26:40Z"})",
        R"({"event":"send","batch":1,"attempt":1,"records":[[1]],"at":"2026-05-28T20:26:40Z"})",
        R"({"event":"send","batch":1,"attempt":1,"records":[],"at":"yesterday"})",
        R"({"event":"send","batch":1,"attempt":1,"records":{},"at":"2026-05-28T20:26:40Z"})",
        R"({"event":"answer","batch":1,"attempt":1,"http":"201","at":"2026-05-28T20:26:40Z"})",
        R"({"event":"answer","batch":1,"attempt":1})",
        R"({"event":"counters","counters":{},"at":"2026-05-28T20:26:40Z"})",
        R"({"event":"checkpoint","next":1,"input":0,"line":1,"offset":0,"bytes":[1,2,3]})"}) {
    EXPECT_FALSE(parse_attempt_line(line)) << line;
  }
}

}  // namespace
}  // namespace payferry

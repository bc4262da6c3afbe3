#include "net/answer_parser.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

namespace payferry {
namespace {

using namespace std::chrono_literals;

AnswerParser::State feed(AnswerParser& parser, std::string_view bytes,
                         std::size_t piece = 1 << 20) {
  auto state = AnswerParser::State::incomplete;
  while (!bytes.empty() && state == AnswerParser::State::incomplete) {
    const auto space = parser.space();
    const std::size_t size = std::min({piece, space.size(), bytes.size()});
    std::copy_n(bytes.begin(), size, space.begin());
    bytes.remove_prefix(size);
    state = parser.received(size);
  }
  return state;
}

Answer parsed(std::string_view bytes) {
  AnswerParser parser;
  parser.start();
  EXPECT_EQ(feed(parser, bytes), AnswerParser::State::complete);
  return parser.take(Instant(1'000'000s));
}

TEST(AnswerParserTest, HubSpotsFieldsAreReadInAnySpelling) {
  const Answer answer = parsed(
      "HTTP/1.1 429 Too Many Requests\r\n"
      "x-hubspot-ratelimit-max: 190\r\n"
      "X-HUBSPOT-RATELIMIT-REMAINING: 7\r\n"
      "X-HubSpot-RateLimit-Interval-Milliseconds: 10000\r\n"
      "X-HubSpot-RateLimit-Daily: 625000\r\n"
      "X-HubSpot-RateLimit-Daily-Remaining: 624999\r\n"
      "X-HubSpot-RateLimit-Secondly: 19\r\n"
      "X-HubSpot-RateLimit-Secondly-Remaining: 18\r\n"
      "x-HubSpot-correlation-ID: 0b1c\r\n"
      "Retry-After: 12\r\n"
      "Date: Mon, 23 Nov 2026 10:00:00 GMT\r\n"
      "Content-Length: 0\r\n\r\n");
  EXPECT_EQ(answer.reach, Reach::answered);
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.rate.max, 190u);
  EXPECT_EQ(answer.rate.remaining, 7u);
  EXPECT_EQ(answer.rate.interval, 10s);
  EXPECT_EQ(answer.rate.daily, 625000u);
  EXPECT_EQ(answer.rate.daily_remaining, 624999u);
  EXPECT_EQ(answer.correlation_id, "0b1c");
  EXPECT_EQ(answer.retry_after, 12s);
  EXPECT_EQ(answer.date, parse_iso8601("2026-11-23T10:00:00Z"));
  EXPECT_EQ(answer.received_at, Instant(1'000'000s));
}

TEST(AnswerParserTest, ValuesThatAreNoNumbersAreAsIfAbsent) {
  const Answer answer = parsed(
      "HTTP/1.1 200 OK\r\nX-HubSpot-RateLimit-Max: many\r\nX-HubSpot-RateLimit-Remaining: -1\r\n"
      "X-HubSpot-RateLimit-Daily: 99999999999999999999\r\nX-HubSpot-: x\r\nRetry-After: "
      "soon\r\nDate: today\r\n"
      "Content-Length: 0\r\n\r\n");
  EXPECT_FALSE(answer.rate.max);
  EXPECT_FALSE(answer.rate.remaining);
  EXPECT_FALSE(answer.rate.daily);
  EXPECT_FALSE(answer.retry_after);
  EXPECT_FALSE(answer.date);
}

TEST(AnswerParserTest, ARetryAfterThatIsADateCountsFromTheAnswersOwnDate) {
  const std::string retry = "HTTP/1.1 503 X\r\nRetry-After: Mon, 23 Nov 2026 10:01:30 GMT\r\n";
  EXPECT_EQ(parsed(retry + "Date: Mon, 23 Nov 2026 10:00:00 GMT\r\nContent-Length: 0\r\n\r\n")
                .retry_after,
            90s);
  EXPECT_EQ(parsed(retry + "Date: Mon, 23 Nov 2026 11:00:00 GMT\r\nContent-Length: 0\r\n\r\n")
                .retry_after,
            0s);
  AnswerParser parser;
  parser.start();
  feed(parser, retry + "Content-Length: 0\r\n\r\n");
  EXPECT_EQ(parser.take(*parse_iso8601("2026-11-23T10:01:00.500Z")).retry_after, 30s);
}

TEST(AnswerParserTest, ARetryAfterIsADayAtMost) {
  for (const std::string value :
       {"86400", "86401", "4294967295", "Fri, 31 Dec 9999 23:59:59 GMT"}) {
    EXPECT_EQ(parsed("HTTP/1.1 503 X\r\nRetry-After: " + value + "\r\nContent-Length: 0\r\n\r\n")
                  .retry_after,
              24h)
        << value;
  }
}

TEST(AnswerParserTest, PiecesOfAnySizeGiveTheSameAnswer) {
  const std::string bytes =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: "
      "chunked\r\nX-HubSpot-RateLimit-Max: 5\r\n\r\n"
      "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    AnswerParser parser;
    parser.start();
    ASSERT_EQ(feed(parser, bytes, piece), AnswerParser::State::complete) << piece;
    EXPECT_TRUE(parser.keeps_alive());
    EXPECT_FALSE(parser.has_surplus());
    const Answer answer = parser.take(Instant());
    EXPECT_EQ(answer.body, "hello world") << piece;
    EXPECT_EQ(answer.rate.max, 5u);
  }
}

TEST(AnswerParserTest, ABodyOfKnownLengthIsWholeWhateverThePieces) {
  for (const std::size_t length : {1UL, 2UL, 100UL, 16'383UL, 16'384UL, 16'385UL, 50'000UL}) {
    std::string body(length, ' ');
    for (std::size_t i = 0; i < length; ++i) body[i] = static_cast<char>('a' + i % 23);
    const std::string bytes =
        "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n" + body;
    for (const std::size_t piece : {1UL, 7UL, 41UL, 1000UL, 16'384UL, 1UL << 20}) {
      AnswerParser parser;
      parser.start();
      ASSERT_EQ(feed(parser, bytes, piece), AnswerParser::State::complete)
          << length << " " << piece;
      EXPECT_TRUE(parser.is_complete());
      EXPECT_FALSE(parser.has_surplus());
      EXPECT_TRUE(parser.keeps_alive());
      EXPECT_EQ(parser.body_bytes(), length);
      EXPECT_EQ(parser.take(Instant()).body, body) << length << " " << piece;
    }
  }
}

TEST(AnswerParserTest, AskingForSpaceInVainChangesNothing) {
  AnswerParser parser;
  parser.start();
  feed(parser, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(parser.space().empty());
  EXPECT_EQ(parser.body_bytes(), 2u);
  EXPECT_EQ(feed(parser, "llo"), AnswerParser::State::complete);
  EXPECT_EQ(parser.take(Instant()).body, "hello");
}

TEST(AnswerParserTest, WhatFollowsABodyOfKnownLengthIsSurplus) {
  for (const std::string_view first : {"", "h", "hello"}) {
    const std::string_view rest = std::string_view("hello").substr(first.size());
    AnswerParser parser;
    parser.start();
    feed(parser, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + std::string(first));
    feed(parser, std::string(rest) + (first == "hello" ? "" : "H"));
    EXPECT_TRUE(parser.is_complete());
    EXPECT_EQ(parser.has_surplus(), first != "hello") << first;
    EXPECT_EQ(parser.take(Instant()).body, "hello");
  }
}

TEST(AnswerParserTest, OneParserReadsManyAnswers) {
  AnswerParser parser;
  for (int i = 0; i < 3; ++i) {
    parser.start();
    EXPECT_EQ(feed(parser, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + std::to_string(i)),
              AnswerParser::State::complete);
    EXPECT_EQ(parser.take(Instant()).body, std::to_string(i));
  }
}

TEST(AnswerParserTest, LongHeadersGrowTheBufferUpToTheLimit) {
  const std::string long_field = "X: " + std::string(60'000, 'x') + "\r\n";
  EXPECT_EQ(parsed("HTTP/1.1 200 OK\r\n" + long_field + "Content-Length: 2\r\n\r\nok").body, "ok");
  AnswerParser parser;
  parser.start();
  EXPECT_EQ(feed(parser, "HTTP/1.1 200 OK\r\n" + long_field + long_field),
            AnswerParser::State::failed);
  EXPECT_EQ(parser.error(), "header limit exceeded");
}

TEST(AnswerParserTest, AnEndlessChunkedBodyStopsAtTheLimit) {
  AnswerParser parser;
  parser.start();
  auto state = feed(parser, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "100000\r\n" + std::string(0x100000, 'x') + "\r\n";
  int chunks = 0;
  while (state == AnswerParser::State::incomplete && chunks < 100) {
    state = feed(parser, chunk);
    ++chunks;
  }
  EXPECT_EQ(state, AnswerParser::State::failed);
  EXPECT_LE(parser.body_bytes(), kMaxAnswerBodyBytes);
  EXPECT_EQ(chunks, 65);
}

TEST(AnswerParserTest, TheEndOfTheBytesCompletesOnlyAnAnswerWithoutLength) {
  const auto after_end = [](std::string_view bytes) {
    AnswerParser parser;
    parser.start();
    feed(parser, bytes);
    return parser.ended();
  };
  EXPECT_EQ(after_end("HTTP/1.1 200 OK\r\n\r\nbody"), AnswerParser::State::complete);
  EXPECT_EQ(after_end(""), AnswerParser::State::failed);
  EXPECT_EQ(after_end("HTTP/1.1 200 OK\r\n"), AnswerParser::State::failed);
  EXPECT_EQ(after_end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx"),
            AnswerParser::State::failed);
  EXPECT_EQ(after_end("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"),
            AnswerParser::State::failed);
  EXPECT_EQ(after_end("HTTP/1.1 100 Continue\r\n\r\n"), AnswerParser::State::failed);
}

TEST(AnswerParserTest, Http10AndCloseDoNotKeepTheConnection) {
  const auto keeps = [](std::string_view bytes) {
    AnswerParser parser;
    parser.start();
    EXPECT_EQ(feed(parser, bytes), AnswerParser::State::complete);
    return parser.keeps_alive();
  };
  EXPECT_TRUE(keeps("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_FALSE(keeps("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_FALSE(keeps("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_TRUE(keeps("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n"));
}

TEST(AnswerParserTest, AnAnswerToConnectHasNoBody) {
  AnswerParser parser;
  parser.start(false);
  EXPECT_EQ(feed(parser, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"),
            AnswerParser::State::complete);
}

TEST(AnswerParserTest, SwitchingProtocolsIsNotPassedOver) {
  EXPECT_EQ(parsed("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n").status, 101);
}

}  // namespace
}  // namespace payferry

#include "net/connection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "support/wire_fixture.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;
using test::http_answer;
using test::PeerStream;
using testing::HasSubstr;

/// Each rule of an exchange holds on plain TCP and under TLS.
class ConnectionTest : public testing::TestWithParam<bool>, public test::WireFixture {
 protected:
  void answer_with(std::string answer) {
    serve(GetParam(), [answer](PeerStream& stream) {
      if (!stream.read_request().empty()) stream.write(answer);
      stream.close();
    });
  }
  /// The first connection gets `answer` and is then left open; all requests on others are answered
  /// 200.
  void answer_and_stay(std::string answer) {
    serve(GetParam(), [answer](PeerStream& stream) {
      if (stream.read_request().empty()) return;
      stream.write(answer);
      while (!stream.read_request().empty()) stream.write(http_answer(200, "again"));
    });
  }
};

TEST_P(ConnectionTest, AWholeAnswerIsAnswered) {
  answer_with(http_answer(201, "{\"status\":\"COMPLETE\"}", "X-HubSpot-Correlation-Id: abc\r\n"));
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::answered);
  EXPECT_EQ(answer.failure_kind, FailureKind::none);
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.body, "{\"status\":\"COMPLETE\"}");
  EXPECT_EQ(answer.correlation_id, "abc");
  EXPECT_EQ(listener.count, 1);
  EXPECT_LE(answer.sent_at, answer.received_at);
  EXPECT_GT(answer.sent_at, Instant());
}

TEST_P(ConnectionTest, TheRequestArrivesAsItWasGiven) {
  std::string seen;
  serve(GetParam(), [&seen](PeerStream& stream) {
    seen = stream.read_request();
    stream.write(http_answer(200, ""));
  });
  HttpRequest request("POST", "/crm/v3/objects/0-101/batch/create?x=1", "{\"inputs\":[]}");
  request.authorization = "Bearer secret";
  test::run_sync(context, the_pool().exchange(request, listener));
  EXPECT_THAT(seen,
              testing::StartsWith("POST /crm/v3/objects/0-101/batch/create?x=1 HTTP/1.1\r\n"));
  EXPECT_THAT(seen, HasSubstr("Host: 127.0.0.1:" + std::to_string(peer->port()) + "\r\n"));
  EXPECT_THAT(seen, HasSubstr("Authorization: Bearer secret\r\n"));
  EXPECT_THAT(seen, HasSubstr("Content-Type: application/json\r\nContent-Length: 13\r\n"));
  EXPECT_THAT(seen, testing::Not(HasSubstr("Accept-Encoding")));
  EXPECT_THAT(seen, testing::EndsWith("\r\n\r\n{\"inputs\":[]}"));
}

TEST_P(ConnectionTest, BodiesOfAnySizeArriveWhole) {
  for (const std::size_t size : {0UL, 1UL, 16000UL, 16384UL, 100'000UL, 3'000'000UL}) {
    std::string seen;
    serve(GetParam(), [&seen](PeerStream& stream) {
      seen = stream.read_request();
      stream.write(http_answer(200, std::string(seen.size(), 'y')));
    });
    pool.reset();
    std::string body(size, 'x');
    for (std::size_t i = 0; i < size; ++i) body[i] = static_cast<char>('a' + i % 26);
    const Answer answer = post(body);
    EXPECT_EQ(answer.reach, Reach::answered) << answer.failure;
    EXPECT_TRUE(seen.ends_with(body)) << size;
    EXPECT_EQ(answer.body.size(), seen.size());
  }
}

TEST_P(ConnectionTest, AnAnswerMayComeByteByByte) {
  serve(GetParam(), [](PeerStream& stream) {
    stream.read_request();
    stream.write_slowly(
        http_answer(207, "{\"results\":[]}", "Date: Mon, 23 Nov 2026 10:00:00 GMT\r\n"));
  });
  const Answer answer = post("{}");
  EXPECT_EQ(answer.status, 207);
  EXPECT_EQ(answer.body, "{\"results\":[]}");
  EXPECT_TRUE(answer.date.has_value());
}

/// TLS asks for a record's header and then for the record; pieces cut either anywhere.
TEST_P(ConnectionTest, AnAnswerMayComeInTcpPiecesOfAnySize) {
  std::string body;
  for (int i = 0; i < 40; ++i) body += std::to_string(i) + ",";
  const std::string answer = http_answer(201, body);
  serve(GetParam(), [answer](PeerStream& stream) {
    for (std::size_t piece = 1; !stream.read_request().empty(); ++piece) {
      // Each write is a TLS record of its own.
      for (std::size_t at = 0; at < answer.size(); at += 20)
        stream.write_in_pieces(std::string_view(answer).substr(at, 20), piece);
    }
  });
  for (int piece = 1; piece <= 50; ++piece) {
    const Answer got = post("{}");
    ASSERT_EQ(got.status, 201) << piece << ": " << got.failure;
    EXPECT_EQ(got.body, body) << piece;
  }
  EXPECT_EQ(peer->connections(), 1);
}

TEST_P(ConnectionTest, ChunkedAnswersAreJoined) {
  answer_and_stay(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
      "chunked\r\n\r\n4\r\nabcd\r\n3;x=y\r\nefg\r\n0\r\nTrailer: 1\r\n\r\n");
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::answered) << answer.failure;
  EXPECT_EQ(answer.body, "abcdefg");
  EXPECT_EQ(pool->idle(), 1u);
}

TEST_P(ConnectionTest, InterimAnswersArePassedOver) {
  answer_and_stay("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" +
                  http_answer(201, "done"));
  const Answer answer = post("{}");
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(pool->idle(), 1u);
}

TEST_P(ConnectionTest, AnAnswerCutAtAnyByteIsUnanswered) {
  const std::string whole = http_answer(201, "{\"a\":1}");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    pool.reset();
    answer_with(whole.substr(0, size));
    const Answer answer = post("{}");
    EXPECT_EQ(answer.reach, Reach::sent_unanswered) << size;
    EXPECT_EQ(answer.failure_kind, FailureKind::closed) << size << answer.failure;
    EXPECT_GT(answer.received_at, Instant());
  }
}

TEST_P(ConnectionTest, AResetBeforeOrAmidTheAnswerIsUnanswered) {
  for (const std::string_view part :
       {"", "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"}) {
    pool.reset();
    serve(GetParam(), [part](PeerStream& stream) {
      stream.read_request();
      stream.write(part);
      stream.reset();
    });
    const Answer answer = post("{}");
    EXPECT_EQ(answer.reach, Reach::sent_unanswered);
    EXPECT_EQ(answer.failure_kind, FailureKind::closed);
    EXPECT_FALSE(answer.failure.empty());
  }
}

TEST_P(ConnectionTest, WhatIsNoHttpIsAProtocolFailure) {
  for (const std::string text :
       {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    pool.reset();
    answer_and_stay(text);
    const Answer answer = post("{}");
    EXPECT_EQ(answer.reach, Reach::sent_unanswered) << text;
    EXPECT_EQ(answer.failure_kind, FailureKind::protocol) << text << answer.failure;
  }
}

TEST_P(ConnectionTest, AHeaderOrBodyBeyondItsLimitIsAProtocolFailure) {
  for (const std::string& text :
       {"HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n",
        std::string("HTTP/1.1 200 OK\r\nContent-Length: 67108865\r\n\r\n")}) {
    pool.reset();
    answer_and_stay(text);
    const Answer answer = post("{}");
    EXPECT_EQ(answer.reach, Reach::sent_unanswered);
    EXPECT_EQ(answer.failure_kind, FailureKind::protocol) << answer.failure;
  }
}

TEST_P(ConnectionTest, ARedirectIsAnAnswerLikeAnyOther) {
  answer_and_stay(http_answer(307, "", "Location: https://elsewhere.example/\r\n"));
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::answered);
  EXPECT_EQ(answer.status, 307);
  EXPECT_EQ(peer->connections(), 1);
}

TEST_P(ConnectionTest, NoContentHasNoBodyAndKeepsTheConnection) {
  answer_and_stay("HTTP/1.1 204 No Content\r\n\r\n");
  EXPECT_EQ(post("{}").status, 204);
  EXPECT_EQ(post("{}").body, "again");
  EXPECT_EQ(peer->connections(), 1);
}

TEST_P(ConnectionTest, NoAnswerInTimeIsATimeoutAndUnanswered) {
  serve(GetParam(), [](PeerStream& stream) {
    stream.read_request();
    stream.read_to_end();
  });
  retry.request_timeout = 60ms;
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::sent_unanswered);
  EXPECT_EQ(answer.failure_kind, FailureKind::timeout);
  EXPECT_THAT(answer.failure, HasSubstr("within 60 ms"));
  EXPECT_EQ(pool->idle(), 0u);
}

TEST_P(ConnectionTest, HalfAnAnswerInTimeIsATimeoutToo) {
  serve(GetParam(), [](PeerStream& stream) {
    stream.read_request();
    stream.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    stream.read_to_end();
  });
  retry.request_timeout = 60ms;
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::sent_unanswered);
  EXPECT_EQ(answer.failure_kind, FailureKind::timeout);
}

TEST_P(ConnectionTest, AServerThatReadsNothingRunsIntoTheTimeout) {
  std::promise<void> is_over;
  auto over = is_over.get_future().share();
  serve(GetParam(), [over](PeerStream&) { over.wait(); });
  retry.request_timeout = 60ms;
  const Answer answer = post(std::string(40'000'000, 'x'));
  is_over.set_value();
  EXPECT_EQ(answer.reach, Reach::sent_unanswered);
  EXPECT_EQ(answer.failure_kind, FailureKind::timeout);
}

/// For a script to look at from its own thread.
class WatchedListener final : public SendListener {
 public:
  void sent(std::chrono::microseconds) override { ++count; }
  std::atomic<int> count = 0;
};

TEST_P(ConnectionTest, ARequestIsToldToBeSentWhenItsLastByteIs) {
  // More than the kernel holds of either side.
  constexpr std::size_t kBodyBytes = 40'000'000;
  WatchedListener watched;
  std::atomic<int> told_amid = -1;
  serve(GetParam(), [&](PeerStream& stream) {
    std::size_t seen = 0;
    while (seen < kBodyBytes) {
      const std::string bytes = stream.read(65'536);
      if (bytes.empty()) return;
      seen += bytes.size();
      if (told_amid < 0 && seen > 1'000'000) told_amid = watched.count.load();
    }
    stream.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.read_to_end();
  });
  const std::string body(kBodyBytes, 'x');
  const HttpRequest request("POST", "/path", body);
  const Answer answer = test::run_sync(context, the_pool().exchange(request, watched));
  EXPECT_EQ(answer.reach, Reach::answered) << answer.failure;
  EXPECT_EQ(told_amid, 0);
  EXPECT_EQ(watched.count, 1);
}

TEST_P(ConnectionTest, AnEarlyAnswerIsTakenAndTheConnectionNotKept) {
  std::promise<void> is_over;
  auto over = is_over.get_future().share();
  serve(GetParam(), [over](PeerStream& stream) {
    stream.read(1000);
    stream.write(http_answer(413, "too large"));
    over.wait();  // reads no further and keeps the connection open
  });
  retry.request_timeout = 5s;
  const Answer answer = post(std::string(40'000'000, 'x'));
  is_over.set_value();
  EXPECT_EQ(answer.reach, Reach::answered) << answer.failure;
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.body, "too large");
  EXPECT_EQ(pool->idle(), 0u);
}

TEST_P(ConnectionTest, AnInterimAnswerDoesNotStopTheRequest) {
  std::size_t seen = 0;
  serve(GetParam(), [&seen](PeerStream& stream) {
    const std::string first = stream.read(1000);
    stream.write("HTTP/1.1 100 Continue\r\n\r\n");
    seen = first.size();
    while (seen < 20'000'000) {
      const std::string more = stream.read(65536);
      if (more.empty()) return;
      seen += more.size();
    }
    stream.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
    stream.read_to_end();
  });
  const Answer answer = post(std::string(20'000'000, 'x'));
  EXPECT_EQ(answer.status, 200) << answer.failure;
}

TEST_P(ConnectionTest, SurplusBytesCostTheConnection) {
  answer_and_stay(http_answer(200, "one") + "HTTP/1.1 200");
  EXPECT_EQ(post("{}").body, "one");
  EXPECT_EQ(pool->idle(), 0u);
  EXPECT_EQ(post("{}").body, "one");
  EXPECT_EQ(peer->connections(), 2);
}

TEST_P(ConnectionTest, ConnectionCloseIsObeyed) {
  answer_and_stay(http_answer(200, "one", "Connection: close\r\n"));
  EXPECT_EQ(post("{}").body, "one");
  EXPECT_EQ(pool->idle(), 0u);
  EXPECT_EQ(post("{}").reach, Reach::answered);
  EXPECT_EQ(peer->connections(), 2);
}

TEST_P(ConnectionTest, AnAnswerWithoutLengthEndsWithTheConnection) {
  answer_with("HTTP/1.1 200 OK\r\n\r\nuntil the end");
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::answered) << answer.failure;
  EXPECT_EQ(answer.body, "until the end");
  EXPECT_EQ(pool->idle(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Wire, ConnectionTest, testing::Values(false, true),
                         [](const auto& is_tls) { return is_tls.param ? "Tls" : "Plain"; });

// Without close_notify anybody on the way could have cut the answer short.
TEST(ConnectionTlsTest, AnAnswerWithoutLengthThatEndsWithoutCloseNotifyIsUnanswered) {
  test::WireFixture wire;
  wire.serve(true, [](PeerStream& stream) {
    stream.read_request();
    stream.write("HTTP/1.1 200 OK\r\n\r\nuntil the end");
    stream.cut();
  });
  const Answer answer = wire.post("{}");
  EXPECT_EQ(answer.reach, Reach::sent_unanswered);
  EXPECT_EQ(answer.failure_kind, FailureKind::closed);
}

}  // namespace
}  // namespace payferry

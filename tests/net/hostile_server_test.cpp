#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <future>

#include "support/wire_fixture.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;
using test::http_answer;
using test::PeerStream;
using testing::HasSubstr;

constexpr std::uint64_t kTenGigabytes = 10'000'000'000;
/// What a limit of 64 MiB and the kernel's buffers take in at most.
constexpr std::uint64_t kMostTaken = 96 * 1024 * 1024;
/// What a limit of 64 KiB and the kernel's buffers take in at most.
constexpr std::uint64_t kMostHeaderTaken = 16 * 1024 * 1024;

/// A server that means harm, or is broken: each request ends in time, in one clear way, with
/// bounded memory.
class HostileServerTest : public testing::TestWithParam<bool>, public test::WireFixture {
 protected:
  void SetUp() override { retry.request_timeout = 20s; }

  /// Answers each request with `head` and then `block` without end.
  void flood(std::string head, std::string block) {
    taken_ = std::promise<std::uint64_t>();
    serve(GetParam(), [this, head, block](PeerStream& stream) {
      if (stream.read_request().empty()) return;
      stream.write(head);
      taken_.set_value(stream.repeat(block, kTenGigabytes));
    });
  }
  void expect_refused_early(std::uint64_t most) {
    const Answer answer = post("{}");
    EXPECT_EQ(answer.reach, Reach::sent_unanswered);
    EXPECT_EQ(answer.failure_kind, FailureKind::protocol) << answer.failure;
    EXPECT_LT(taken_.get_future().get(), most);
    EXPECT_EQ(pool->idle(), 0u);
  }

  std::promise<std::uint64_t> taken_;
};

TEST_P(HostileServerTest, ABodyOfTenGigabytesIsRefusedUnread) {
  flood("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n", std::string(16'384, 'x'));
  expect_refused_early(kMostHeaderTaken);
}

TEST_P(HostileServerTest, EndlessChunksStopAtTheBodysLimit) {
  flood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "4000\r\n" + std::string(16'384, 'x') + "\r\n");
  expect_refused_early(kMostTaken);
}

TEST_P(HostileServerTest, ABodyWithoutLengthStopsAtTheBodysLimit) {
  flood("HTTP/1.1 200 OK\r\n\r\n", std::string(16'384, 'x'));
  expect_refused_early(kMostTaken);
}

TEST_P(HostileServerTest, EndlessFieldsStopAtTheHeadersLimit) {
  flood("HTTP/1.1 200 OK\r\n", "X-Field: " + std::string(1'000, 'x') + "\r\n");
  expect_refused_early(kMostHeaderTaken);
}

TEST_P(HostileServerTest, AFirstLineWithoutEndStopsAtTheHeadersLimit) {
  flood("HTTP/1.1 200 ", std::string(1'000, 'x'));
  expect_refused_early(kMostHeaderTaken);
}

TEST_P(HostileServerTest, AChunksExtensionWithoutEndStopsAtTheHeadersLimit) {
  flood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=", std::string(1'000, 'x'));
  expect_refused_early(kMostHeaderTaken);
}

TEST_P(HostileServerTest, TrailersWithoutEndStopAtTheHeadersLimit) {
  flood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
        "X-Field: " + std::string(1'000, 'x') + "\r\n");
  expect_refused_early(kMostHeaderTaken);
}

TEST_P(HostileServerTest, EndlessInterimAnswersAreNoAnswer) {
  std::string block;
  for (int i = 0; i < 600; ++i) block += "HTTP/1.1 100 Continue\r\n\r\n";
  flood("", block);
  expect_refused_early(kMostHeaderTaken);
}

// A thread that serves all connections must not drain one of them for as long as more comes.
TEST_P(HostileServerTest, AFloodHoldsUpNobodyElse) {
  flood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", [] {
    std::string tiny;
    for (int i = 0; i < 8'000; ++i) tiny += "1\r\nx\r\n";
    return tiny;
  }());
  retry.request_timeout = 300ms;
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::sent_unanswered);
  EXPECT_EQ(answer.failure_kind, FailureKind::timeout) << answer.failure;
  EXPECT_LT(answer.received_at - answer.sent_at, 2s);
  pool.reset();
  taken_.get_future().get();
}

TEST_P(HostileServerTest, AnAnswerThatDripsEndsWithTheTime) {
  retry.request_timeout = 150ms;
  serve(GetParam(), [](PeerStream& stream) {
    stream.read_request();
    stream.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    stream.drip("x", 5ms);
  });
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::sent_unanswered);
  EXPECT_EQ(answer.failure_kind, FailureKind::timeout);
  EXPECT_LT(answer.received_at - answer.sent_at, 5s);
}

TEST_P(HostileServerTest, ALengthTooLongIsABrokenAnswerAndOneTooShortCostsTheConnection) {
  serve(GetParam(), [](PeerStream& stream) {
    stream.read_request();
    stream.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{}");
    stream.close();
  });
  EXPECT_EQ(post("{}").reach, Reach::sent_unanswered);
  pool.reset();
  serve(GetParam(), [](PeerStream& stream) {
    stream.read_request();
    stream.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{}");
    stream.read_to_end();
  });
  EXPECT_EQ(post("{}").body, "{");
  EXPECT_EQ(pool->idle(), 0u);
}

TEST_P(HostileServerTest, TwoWaysToSayTheLengthAreNoAnswer) {
  for (const std::string_view fields :
       {"Content-Length: 2\r\nContent-Length: 3\r\n", "Content-Length: 2, 3\r\n",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", "Content-Length: -2\r\n",
        "Content-Length: 2x\r\n", "Content-Length: 99999999999999999999\r\n"}) {
    pool.reset();
    serve(GetParam(), [fields](PeerStream& stream) {
      stream.read_request();
      stream.write("HTTP/1.1 200 OK\r\n" + std::string(fields) + "\r\n{}");
      stream.read_to_end();
    });
    const Answer answer = post("{}");
    EXPECT_EQ(answer.reach, Reach::sent_unanswered) << fields;
    EXPECT_EQ(answer.failure_kind, FailureKind::protocol) << fields << answer.failure;
  }
}

TEST_P(HostileServerTest, ASmuggledSecondAnswerIsNotTakenForTheNextRequests) {
  const std::string first = http_answer(200, "first");
  const std::string smuggled = http_answer(201, "smuggled");
  std::atomic<int> connection = 0;
  std::promise<void> is_written;
  serve(GetParam(), [&](PeerStream& stream) {
    if (++connection > 2) {
      stream.read_request();
      stream.write(http_answer(200, "honest"));
      return stream.read_to_end();
    }
    stream.read_request();
    if (connection == 1) {
      stream.write(first + smuggled);  // one piece
      return stream.read_to_end();
    }
    stream.write(first);
    stream.write(smuggled);  // a piece of its own, a TLS record of its own
    is_written.set_value();
    stream.read_to_end();
  });
  EXPECT_EQ(post("{}").body, "first");
  EXPECT_EQ(post("{}").body, "first");
  is_written.get_future().wait();
  EXPECT_EQ(post("{}").body, "honest");
  EXPECT_EQ(connection, 3);
}

TEST_P(HostileServerTest, ARedirectIsNotFollowed) {
  std::atomic<bool> was_followed = false;
  test::ScriptedPeer elsewhere([&was_followed](PeerStream&) { was_followed = true; });
  const std::string location =
      "Location: http://127.0.0.1:" + std::to_string(elsewhere.port()) + "/steal\r\n";
  for (const int status : {301, 302, 303, 307, 308}) {
    pool.reset();
    serve(GetParam(), [&](PeerStream& stream) {
      while (!stream.read_request().empty()) stream.write(http_answer(status, "", location));
    });
    HttpRequest request("POST", "/path", "{}");
    request.authorization = "Bearer secret";
    const Answer answer = test::run_sync(context, the_pool().exchange(request, listener));
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(peer->connections(), 1);
  }
  EXPECT_EQ(elsewhere.connections(), 0);
  EXPECT_FALSE(was_followed);
}

TEST_P(HostileServerTest, ACompressedAnswerThatNobodyAskedForIsNoAnswer) {
  for (const std::string_view coding : {"gzip", "br", "deflate, gzip", "zstd"}) {
    pool.reset();
    serve(GetParam(), [coding](PeerStream& stream) {
      stream.read_request();
      stream.write(http_answer(200, std::string("\x1f\x8b\x08\0\0\0", 6),
                               "Content-Encoding: " + std::string(coding) + "\r\n"));
      stream.read_to_end();
    });
    const Answer answer = post("{}");
    EXPECT_EQ(answer.reach, Reach::sent_unanswered) << coding;
    EXPECT_EQ(answer.failure_kind, FailureKind::protocol);
    EXPECT_THAT(answer.failure, HasSubstr("compressed"));
  }
  pool.reset();
  serve(GetParam(), [](PeerStream& stream) {
    stream.read_request();
    stream.write(http_answer(200, "plain", "Content-Encoding: identity\r\n"));
    stream.read_to_end();
  });
  EXPECT_EQ(post("{}").body, "plain");
}

/// Answers one request on each connection and ends its own half of it; `has_ended` tells of the
/// first.
test::ScriptedPeer::Script answer_and_end(std::string answer, void (PeerStream::*end)(),
                                          std::promise<void>& has_ended) {
  return [answer, end, &has_ended, first = true](PeerStream& stream) mutable {
    stream.read_request();
    stream.write(answer);
    (stream.*end)();
    if (std::exchange(first, false)) has_ended.set_value();
    stream.read_to_end();
  };
}

TEST_P(HostileServerTest, AHalfClosedConnectionMayStillAnswerAndTakesNoSecondRequest) {
  std::promise<void> is_closed;
  serve(GetParam(), answer_and_end(http_answer(200, "last words"), &PeerStream::close, is_closed));
  EXPECT_EQ(post("{}").body, "last words");
  is_closed.get_future().wait();
  EXPECT_EQ(post("{}").body, "last words");
  EXPECT_EQ(peer->connections(), 2);
}

TEST_P(HostileServerTest, AConnectionHalfClosedWithoutAnAnswerIsUnanswered) {
  serve(GetParam(), [](PeerStream& stream) {
    stream.read_request();
    stream.close();
    stream.read_to_end();
  });
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::sent_unanswered);
  EXPECT_EQ(answer.failure_kind, FailureKind::closed);
}

INSTANTIATE_TEST_SUITE_P(Wire, HostileServerTest, testing::Values(false, true),
                         [](const auto& is_tls) { return is_tls.param ? "Tls" : "Plain"; });

class HostileTlsTest : public testing::Test, public test::WireFixture {};

/// Later versions know no renegotiation.
test::PeerTls tls_1_2() {
  test::PeerTls tls;
  tls.certificate = test::TestTrust::instance().server;
  tls.max_version = TLS1_2_VERSION;
  return tls;
}

TEST_F(HostileTlsTest, ACallForRenegotiationIsPassedOver) {
  retry.request_timeout = 5s;
  serve_as(tls_1_2(), [](PeerStream& stream) {
    while (!stream.read_request().empty()) {
      stream.ask_to_renegotiate();
      stream.write(http_answer(200, std::to_string(stream.hellos())));
    }
  });
  for (int i = 0; i < 3; ++i) {
    const Answer answer = post("{}");
    EXPECT_EQ(answer.body, "1") << answer.failure;
  }
}

// While a request goes out, what the client has to say of the call goes out with it.
TEST_F(HostileTlsTest, ACallForRenegotiationAmidARequestIsRefused) {
  std::promise<int> hellos;
  retry.request_timeout = 5s;
  serve_as(tls_1_2(), [&hellos](PeerStream& stream) {
    stream.read(1'000);
    stream.ask_to_renegotiate();
    stream.read_to_end();
    hellos.set_value(stream.hellos());
  });
  post(std::string(40'000'000, 'x'));
  EXPECT_EQ(hellos.get_future().get(), 1);
}

TEST_F(HostileTlsTest, AWholeAnswerStandsWithoutCloseNotifyAndTheConnectionIsNotUsedAgain) {
  std::promise<void> is_cut;
  serve(true, answer_and_end(http_answer(201, "{}"), &PeerStream::cut, is_cut));
  EXPECT_EQ(post("{}").status, 201);
  is_cut.get_future().wait();
  EXPECT_EQ(post("{}").status, 201);
  EXPECT_EQ(peer->connections(), 2);
}

TEST_F(HostileTlsTest, GarbageAmidTheRecordsIsUnanswered) {
  test::ScriptedPeer wire([](PeerStream& stream) { stream.write(std::string(100'000, '\xff')); });
  hubspot.base_url = "https://127.0.0.1:" + std::to_string(wire.port());
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::not_sent);
  EXPECT_EQ(answer.failure_kind, FailureKind::tls_failed) << answer.failure;
}

}  // namespace
}  // namespace payferry

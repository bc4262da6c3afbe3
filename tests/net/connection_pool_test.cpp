#include "net/connection_pool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/system/system_error.hpp>
#include <future>

#include "net/setup_error.hpp"
#include "support/wire_fixture.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using test::http_answer;
using test::PeerStream;

void answer_all(PeerStream& stream) {
  while (!stream.read_request().empty()) stream.write(http_answer(200, "ok"));
}

class ConnectionPoolTest : public testing::TestWithParam<bool>, public test::WireFixture {};

TEST_P(ConnectionPoolTest, RequestsOneAfterTheOtherShareAConnection) {
  serve(GetParam(), answer_all);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(post("{}").body, "ok");
  EXPECT_EQ(peer->connections(), 1);
  EXPECT_EQ(pool->counters().opened, 1u);
  EXPECT_EQ(listener.count, 20);
}

TEST_P(ConnectionPoolTest, TheTimeOfTravelIsToldByTheRequestThatOpenedTheConnection) {
  serve(GetParam(), answer_all);
  const Answer first = post("{}");
  ASSERT_TRUE(first.travelled);
  EXPECT_GT(*first.travelled, 0us);
  EXPECT_LT(*first.travelled, 1s);
  EXPECT_FALSE(post("{}").travelled);
}

TEST_P(ConnectionPoolTest, OnlyTheFirstRequestOnAConnectionIsHeldUpByItsHandshake) {
  serve(GetParam(), answer_all);
  post("{}");
  EXPECT_EQ(listener.held_up > 0us, GetParam());
  post("{}");
  EXPECT_EQ(listener.held_up, 0us);
}

TEST_P(ConnectionPoolTest, ManyRequestsAtOnceGetAConnectionEachAndTheirOwnAnswers) {
  serve(GetParam(), [](PeerStream& stream) {
    for (std::string request; !(request = stream.read_request()).empty();) {
      stream.write(http_answer(200, request.substr(request.find("\r\n\r\n") + 4)));
    }
  });
  std::vector<std::string> bodies;
  for (int i = 0; i < 64; ++i)
    bodies.push_back("body " + std::to_string(i) + std::string(50'000, 'x'));
  int right = 0;
  for (int round = 0; round < 3; ++round) {
    std::list<HttpRequest> requests;
    for (const auto& body : bodies) {
      const HttpRequest& request = requests.emplace_back("POST", "/", body);
      auto on_end = [&right, &body](std::exception_ptr error, const Answer& answer) {
        if (!error && answer.body == body) ++right;
      };
      asio::co_spawn(context, the_pool().exchange(request, listener), on_end);
    }
    context.restart();
    while (right < 64 * (round + 1) && context.run_one_for(5s) > 0) {
    }
  }
  EXPECT_EQ(right, 3 * 64);
  EXPECT_EQ(peer->connections(), 64);
  EXPECT_EQ(pool->idle(), 64u);
}

TEST_P(ConnectionPoolTest, NoMoreConnectionsThanAllowedAreOpen) {
  serve(GetParam(), answer_all);
  max_connections = 3;
  std::list<HttpRequest> requests;
  int answered = 0;
  for (int i = 0; i < 20; ++i) {
    const HttpRequest& request = requests.emplace_back("POST", "/", "{}");
    auto on_end = [&answered](std::exception_ptr, const Answer& answer) {
      answered += answer.status == 200;
    };
    asio::co_spawn(context, the_pool().exchange(request, listener), on_end);
  }
  while (answered < 20 && context.run_one_for(5s) > 0) {
  }
  EXPECT_EQ(answered, 20);
  EXPECT_LE(peer->connections(), 3);
}

TEST_P(ConnectionPoolTest, AConnectionThatTheServerClosedWhileIdleIsNotUsed) {
  std::promise<void> closed;
  serve(GetParam(), [&closed, first = true](PeerStream& stream) mutable {
    if (!std::exchange(first, false)) return answer_all(stream);
    stream.read_request();
    stream.write(http_answer(200, "first"));
    stream.close();
    closed.set_value();
  });
  EXPECT_EQ(post("{}").body, "first");
  closed.get_future().wait();
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::answered) << answer.failure;
  EXPECT_EQ(answer.body, "ok");
  EXPECT_EQ(peer->connections(), 2);
  EXPECT_EQ(listener.count, 2);
}

TEST_P(ConnectionPoolTest, AConnectionResetWhileIdleIsNotUsed) {
  std::promise<void> closed;
  serve(GetParam(), [&closed, first = true](PeerStream& stream) mutable {
    if (!std::exchange(first, false)) return answer_all(stream);
    stream.read_request();
    stream.write(http_answer(200, "first"));
    stream.read(0);
    closed.get_future().wait();
    stream.reset();
  });
  EXPECT_EQ(post("{}").body, "first");
  closed.set_value();
  const auto end = std::chrono::steady_clock::now() + 5s;
  Answer answer;
  // The reset may be still on its way: then the request is in doubt, and never silently sent again.
  do {
    answer = post("{}");
  } while (answer.reach != Reach::answered && std::chrono::steady_clock::now() < end);
  EXPECT_EQ(answer.body, "ok");
}

TEST_P(ConnectionPoolTest, ARequestTakenByAConnectionThatThenDiesIsNotSentAgain) {
  std::atomic<int> requests = 0;
  serve(GetParam(), [&requests](PeerStream& stream) {
    stream.read_request();
    ++requests;
    stream.write(http_answer(200, "first"));
    stream.read_request();
    ++requests;
    stream.reset();
  });
  EXPECT_EQ(post("{}").body, "first");
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::sent_unanswered);
  EXPECT_EQ(answer.failure_kind, FailureKind::closed);
  EXPECT_EQ(requests, 2);
  EXPECT_EQ(peer->connections(), 1);
}

TEST_P(ConnectionPoolTest, CancellingAnExchangeClosesItsConnection) {
  std::promise<bool> is_closed;
  serve(GetParam(), [&is_closed](PeerStream& stream) {
    stream.read_request();
    stream.read_to_end();
    is_closed.set_value(true);
  });
  const HttpRequest request("POST", "/", "{}");
  asio::cancellation_signal cancel;
  std::exception_ptr error;
  bool has_ended = false;
  auto on_end = [&](std::exception_ptr failure, const Answer&) {
    has_ended = true;
    error = std::move(failure);
  };
  asio::co_spawn(context, the_pool().exchange(request, listener),
                 asio::bind_cancellation_slot(cancel.slot(), on_end));
  while (listener.count == 0) context.run_one();
  context.poll();
  EXPECT_FALSE(has_ended);
  cancel.emit(asio::cancellation_type::terminal);
  while (!has_ended) context.run_one();
  ASSERT_TRUE(error);
  EXPECT_THROW(std::rethrow_exception(error), boost::system::system_error);
  EXPECT_EQ(pool->idle(), 0u);
  EXPECT_TRUE(is_closed.get_future().get());
}

TEST_P(ConnectionPoolTest, CancellingWhileAConnectionIsOpenedLeavesNothingBehind) {
  test::ScriptedPeer silent([](PeerStream& stream) { stream.read_to_end(); });
  hubspot.base_url = "https://127.0.0.1:" + std::to_string(silent.port());
  const HttpRequest request("POST", "/", "{}");
  asio::cancellation_signal cancel;
  bool has_ended = false;
  auto on_end = [&](std::exception_ptr error, const Answer&) { has_ended = error != nullptr; };
  asio::co_spawn(context, the_pool().exchange(request, listener),
                 asio::bind_cancellation_slot(cancel.slot(), on_end));
  while (silent.connections() == 0) context.run_one_for(10ms);
  cancel.emit(asio::cancellation_type::terminal);
  while (!has_ended) context.run_one();
  EXPECT_EQ(listener.count, 0);
  EXPECT_EQ(pool->idle(), 0u);
}

TEST_P(ConnectionPoolTest, CloseAllSaysGoodbyeAndRefusesWhatComesAfter) {
  std::promise<void> ended;
  serve(GetParam(), [&ended](PeerStream& stream) {
    answer_all(stream);
    ended.set_value();
  });
  post("{}");
  pool->close_all();
  ended.get_future().wait();
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::not_sent);
  EXPECT_EQ(answer.failure_kind, FailureKind::closed);
  EXPECT_EQ(pool->counters().closed, 1u);
  context.restart();
  EXPECT_EQ(context.run_for(5s), 0u) << "a timer or socket kept the context at work";
}

TEST_P(ConnectionPoolTest, ClosedPoolLetsTheContextRunDry) {
  serve(GetParam(), answer_all);
  post("{}");
  pool->close_all();
  context.restart();
  const auto start = std::chrono::steady_clock::now();
  context.run();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

TEST_P(ConnectionPoolTest, BytesAreCounted) {
  serve(GetParam(), answer_all);
  post(std::string(1000, 'x'));
  const auto counters = pool->counters();
  EXPECT_GT(counters.bytes_sent, 1000u);
  EXPECT_GT(counters.bytes_received, 20u);
  EXPECT_EQ(counters.handshakes, GetParam() ? 1u : 0u);
}

INSTANTIATE_TEST_SUITE_P(Wire, ConnectionPoolTest, testing::Values(false, true),
                         [](const auto& is_tls) { return is_tls.param ? "Tls" : "Plain"; });

class ConnectionPoolFailureTest : public testing::Test, public test::WireFixture {};

TEST_F(ConnectionPoolFailureTest, ARefusedConnectionIsNotSent) {
  hubspot.base_url = "http://127.0.0.1:" + std::to_string(test::refused_port());
  hubspot.allow_http = true;
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::not_sent);
  EXPECT_EQ(answer.failure_kind, FailureKind::refused_or_unreachable);
  EXPECT_THAT(answer.failure, testing::HasSubstr("Connection refused"));
  EXPECT_EQ(listener.count, 0);
}

TEST_F(ConnectionPoolFailureTest, AHandshakeThatTakesTooLongIsATimeoutAndNotSent) {
  test::ScriptedPeer silent([](PeerStream& stream) { stream.read_to_end(); });
  hubspot.base_url = "https://127.0.0.1:" + std::to_string(silent.port());
  retry.connect_timeout = 60ms;
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::not_sent);
  EXPECT_EQ(answer.failure_kind, FailureKind::timeout);
  EXPECT_EQ(listener.count, 0);
}

TEST_F(ConnectionPoolFailureTest, PlainHttpToElsewhereIsRefusedAtTheStart) {
  hubspot.base_url = "http://api.hubapi.com";
  hubspot.allow_http = true;
  EXPECT_THROW(the_pool(), SetupError);
  hubspot.base_url = "http://127.0.0.1:8080";
  hubspot.allow_http = false;
  EXPECT_THROW(the_pool(), SetupError);
}

TEST_F(ConnectionPoolFailureTest, TheProbesConnectionServesTheFirstRequest) {
  serve(true, answer_all);
  const auto failure = test::run_sync(context, the_pool().probe());
  EXPECT_FALSE(failure.has_value());
  EXPECT_EQ(post("{}").body, "ok");
  EXPECT_EQ(peer->connections(), 1);
}

}  // namespace
}  // namespace payferry

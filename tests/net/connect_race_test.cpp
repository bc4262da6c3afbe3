#include "net/connect_race.hpp"

#include <gtest/gtest.h>

#include "support/run_sync.hpp"
#include "support/scripted_peer.hpp"
#include "support/wire_fixture.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

tcp::endpoint at(const char* address, std::uint16_t port) {
  return tcp::endpoint(asio::ip::make_address(address), port);
}

/// A listener whose queue is full, so that a connection to it neither succeeds nor fails.
class FullListener {
 public:
  explicit FullListener(asio::io_context& context)
      : acceptor_(context), filler_(context), filler_two_(context) {
    acceptor_.open(tcp::v4());
    acceptor_.bind(at("127.0.0.1", 0));
    acceptor_.listen(0);
    filler_.connect(endpoint());
    filler_two_.open(tcp::v4());
    filler_two_.native_non_blocking(true);  // Asio's own connect would wait
    const tcp::endpoint where = endpoint();
    ::connect(filler_two_.native_handle(), where.data(), static_cast<socklen_t>(where.size()));
  }
  tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }

 private:
  tcp::acceptor acceptor_;
  tcp::socket filler_;
  tcp::socket filler_two_;
};

class ConnectRaceTest : public testing::Test {
 protected:
  tl::expected<std::uint16_t, ConnectFailure> race(const Endpoints& endpoints,
                                                   std::chrono::milliseconds timeout = 5s) {
    return test::run_sync(context_, port_of_winner(endpoints, Clock::now() + timeout));
  }

  asio::io_context context_{1};
  test::ScriptedPeer peer_{[](test::PeerStream& stream) { stream.read_to_end(); }};

 private:
  static asio::awaitable<tl::expected<std::uint16_t, ConnectFailure>> port_of_winner(
      Endpoints endpoints, Clock::time_point deadline) {
    const auto socket = co_await connect_first(endpoints, deadline);
    if (!socket) co_return tl::unexpected(socket.error());
    co_return socket->remote_endpoint().port();
  }
};

TEST_F(ConnectRaceTest, ARefusedAddressGivesWayToTheNextAtOnce) {
  const auto start = Clock::now();
  const auto winner = race({at("127.0.0.1", test::refused_port()), at("127.0.0.1", peer_.port())});
  ASSERT_TRUE(winner.has_value());
  EXPECT_EQ(*winner, peer_.port());
  EXPECT_LT(Clock::now() - start, kNextAddressAfter);
}

TEST_F(ConnectRaceTest, ASlowAddressIsOvertaken) {
  FullListener slow(context_);
  const auto start = Clock::now();
  const auto winner = race({slow.endpoint(), at("127.0.0.1", peer_.port())});
  ASSERT_TRUE(winner.has_value());
  EXPECT_EQ(*winner, peer_.port());
  EXPECT_GE(Clock::now() - start, kNextAddressAfter);
}

TEST_F(ConnectRaceTest, AllRefusedIsToldWithTheReason) {
  const auto winner =
      race({at("127.0.0.1", test::refused_port()), at("127.0.0.1", test::refused_port())});
  ASSERT_FALSE(winner.has_value());
  EXPECT_EQ(winner.error().kind, FailureKind::refused_or_unreachable);
  EXPECT_EQ(winner.error().text, "Connection refused");
}

TEST_F(ConnectRaceTest, NobodyInTimeIsATimeout) {
  FullListener slow(context_);
  const auto winner = race({slow.endpoint()}, 50ms);
  ASSERT_FALSE(winner.has_value());
  EXPECT_EQ(winner.error().kind, FailureKind::timeout);
}

TEST(InterleavedTest, TheFamiliesAreTriedByTurnsAndIpv6First) {
  const auto a = at("10.0.0.1", 1), b = at("10.0.0.2", 1), c = at("fe80::1", 1);
  EXPECT_EQ(interleaved({a, b, c}), (Endpoints{c, a, b}));
  EXPECT_EQ(interleaved({a, b}), (Endpoints{a, b}));
  EXPECT_EQ(interleaved({}), Endpoints());
}

/// Gives what the test says.
class FixedResolver final : public Resolver {
 public:
  asio::awaitable<tl::expected<Endpoints, std::string>> resolve(const std::string&, std::uint16_t,
                                                                Clock::time_point) override {
    ++asked;
    if (endpoints.empty()) co_return tl::unexpected(std::string("Host not found"));
    co_return endpoints;
  }
  Endpoints endpoints;
  int asked = 0;
};

class ConnectorTest : public testing::Test, public test::WireFixture {
 protected:
  void start() {
    serve(false, [](test::PeerStream& stream) {
      while (!stream.read_request().empty()) stream.write(test::http_answer(200, "ok"));
    });
    hubspot.base_url = "http://localhost:" + std::to_string(peer->port());
    pool.emplace(hubspot, retry, time, context.get_executor(), 256, &resolver, no_environment);
  }
  FixedResolver resolver;
};

TEST_F(ConnectorTest, AddressesAreLookedUpOnceAndAgainAfterAFailure) {
  start();
  resolver.endpoints = {at("127.0.0.1", peer->port())};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(post("{}").status, 200);
  EXPECT_EQ(resolver.asked, 1);
  pool.emplace(hubspot, retry, time, context.get_executor(), 256, &resolver, no_environment);
  resolver.endpoints = {at("127.0.0.1", test::refused_port())};
  EXPECT_EQ(post("{}").failure_kind, FailureKind::refused_or_unreachable);
  resolver.endpoints = {at("127.0.0.1", peer->port())};
  EXPECT_EQ(post("{}").status, 200);
  EXPECT_EQ(resolver.asked, 3);
}

TEST_F(ConnectorTest, ANameWithoutAddressIsUnresolvedAndNotSent) {
  start();
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::not_sent);
  EXPECT_EQ(answer.failure_kind, FailureKind::unresolved);
  EXPECT_NE(answer.failure.find("Host not found"), std::string::npos);
}

TEST_F(ConnectorTest, TheSystemsResolverKnowsLocalhost) {
  start();
  pool.emplace(hubspot, retry, time, context.get_executor(), 256, nullptr, no_environment);
  EXPECT_EQ(post("{}").status, 200);
}

}  // namespace
}  // namespace payferry

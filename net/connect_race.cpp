#include "net/connect_race.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <list>
#include <memory>
#include <optional>

namespace payferry {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// The attempts of one race. Shared with their handlers, which come after the race when it was cut
/// short.
struct Race {
  explicit Race(const asio::any_io_executor& executor) : changed(executor) {}

  std::list<tcp::socket> sockets;
  std::size_t running = 0;
  bool has_news = false;
  std::optional<tcp::socket> winner;
  boost::system::error_code last_error;
  asio::steady_timer changed;  ///< cancelled when an attempt has ended

  static void start(const std::shared_ptr<Race>& race, const tcp::endpoint& endpoint) {
    tcp::socket& socket = race->sockets.emplace_back(race->changed.get_executor());
    ++race->running;
    socket.async_connect(endpoint, [race, &socket](const boost::system::error_code& error) {
      --race->running;
      race->has_news = true;
      if (error) {
        race->last_error = error;
      } else if (!race->winner) {
        race->winner.emplace(std::move(socket));
      }
      race->changed.cancel();
    });
  }
};

/// Closes what is still connecting when the race is left, by whatever way.
struct RaceEnd {
  std::shared_ptr<Race> race;
  explicit RaceEnd(std::shared_ptr<Race> the_race) : race(std::move(the_race)) {}
  RaceEnd(const RaceEnd&) = delete;
  RaceEnd& operator=(const RaceEnd&) = delete;
  ~RaceEnd() {
    boost::system::error_code ignored;
    for (tcp::socket& socket : race->sockets) socket.close(ignored);
  }
};

}  // namespace

asio::awaitable<tl::expected<tcp::socket, ConnectFailure>> connect_first(
    const Endpoints& endpoints, std::chrono::steady_clock::time_point deadline) {
  using Clock = std::chrono::steady_clock;
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  const auto race = std::make_shared<Race>(executor);
  const RaceEnd end(race);
  std::size_t next = 0;
  while (!race->winner && Clock::now() < deadline) {
    if (next < endpoints.size()) Race::start(race, endpoints[next++]);
    if (race->running == 0) break;
    const auto patience = next < endpoints.size() ? Clock::now() + kNextAddressAfter : deadline;
    race->has_news = false;
    race->changed.expires_at(std::min(patience, deadline));
    boost::system::error_code woken;
    co_await race->changed.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    if (woken && !race->has_news) throw boost::system::system_error(asio::error::operation_aborted);
  }
  if (race->winner) co_return std::move(*race->winner);
  if (race->running > 0) {
    co_return tl::unexpected(ConnectFailure(FailureKind::timeout, "took no connection in time"));
  }
  co_return tl::unexpected(
      ConnectFailure(FailureKind::refused_or_unreachable, race->last_error.message()));
}

}  // namespace payferry

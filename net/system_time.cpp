#include "net/system_time.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace payferry {

SteadyPoint SystemTime::now() const { return std::chrono::steady_clock::now(); }

Instant SystemTime::wall_now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

boost::asio::awaitable<void> SystemTime::sleep_until(SteadyPoint when) {
  const auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::steady_timer timer(executor, when);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

}  // namespace payferry

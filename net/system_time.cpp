#include "net/system_time.hpp"

#include <ctime>

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace payferry {

namespace {

/// Goes on while the machine sleeps, which the steady clock does not.
std::chrono::nanoseconds since_boot() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

}  // namespace

SystemTime::SystemTime() : made_(since_boot()), made_at_(SystemTime::wall_now()) {}

SteadyPoint SystemTime::now() const {
  return std::chrono::steady_clock::now();
}

Instant SystemTime::wall_now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Instant SystemTime::continuous_now() const {
  return made_at_ + std::chrono::floor<std::chrono::milliseconds>(since_boot() - made_);
}

boost::asio::awaitable<void> SystemTime::sleep_until(SteadyPoint when) {
  const auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::steady_timer timer(executor, when);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

boost::asio::awaitable<void> SystemTime::sleep_until(SteadyPoint when,
                                                     boost::asio::steady_timer& alarm) {
  alarm.expires_at(when);
  boost::system::error_code ignored;
  co_await alarm.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  const auto state = co_await boost::asio::this_coro::cancellation_state;
  if (state.cancelled() != boost::asio::cancellation_type::none) {
    throw boost::system::system_error(boost::asio::error::operation_aborted);
  }
}

}  // namespace payferry

#include "support/virtual_time.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace payferry::test {

namespace asio = boost::asio;

asio::awaitable<void> VirtualTime::sleep_until(SteadyPoint when) {
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor);
  co_await sleep_until(when, timer);
}

asio::awaitable<void> VirtualTime::sleep_until(SteadyPoint when, asio::steady_timer& alarm) {
  if (when <= now_) co_return;
  alarm.expires_at(asio::steady_timer::time_point::max());
  const std::pair<SteadyPoint, std::uint64_t> key(when, next_ticket_++);
  // One that waits for ever only waits to be woken: it must not keep run() going.
  if (when != SteadyPoint::max()) sleepers_.emplace(key, &alarm);
  boost::system::error_code ignored;
  co_await alarm.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  sleepers_.erase(key);
  const auto state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
}

std::size_t VirtualTime::run() {
  return run_until(SteadyPoint::max());
}

std::size_t VirtualTime::run_until(SteadyPoint until) {
  std::size_t jumps = 0;
  for (;;) {
    context_.restart();
    context_.poll();
    const bool nothing_is_due = sleepers_.empty() || sleepers_.begin()->first.first > until;
    if (nothing_is_due) {
      if (until != SteadyPoint::max()) now_ = std::max(now_, until);
      return jumps;
    }
    const auto due = sleepers_.begin()->first.first;
    now_ = std::max(now_, due);
    ++jumps;
    for (auto sleeper = sleepers_.begin();
         sleeper != sleepers_.end() && sleeper->first.first <= now_; ++sleeper) {
      sleeper->second->cancel();
    }
  }
}

}  // namespace payferry::test

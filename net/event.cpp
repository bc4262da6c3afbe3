#include "net/event.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace payferry {

namespace asio = boost::asio;

Event::Event(asio::any_io_executor executor)
    : timer_(executor, asio::steady_timer::time_point::max()) {}

asio::awaitable<void> Event::wait() {
  // A woken wait always reports operation_aborted; only the cancellation state tells a real one
  // apart.
  boost::system::error_code ignored;
  co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  const auto state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
}

void Event::notify_all() {
  timer_.cancel();
}

}  // namespace payferry

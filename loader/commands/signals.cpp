#include "loader/commands/signals.hpp"

#include <boost/asio/signal_set.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <cstdlib>

#include "loader/commands/command_failure.hpp"

namespace payferry {

namespace asio = boost::asio;

asio::awaitable<void> watch_signals(StopSignal& stop) {
  const auto executor = co_await asio::this_coro::executor;
  asio::signal_set signals(executor, SIGINT, SIGTERM);
  const int number = co_await signals.async_wait(asio::use_awaitable);
  const std::string name = number == SIGINT ? "SIGINT" : "SIGTERM";
  stop.request(StopReason::interrupted,
               "Stopped by " + name + " once what was under way had ended");
  co_await signals.async_wait(asio::use_awaitable);
  std::_Exit(static_cast<int>(ExitCode::stopped));
}

}  // namespace payferry

#include "loader/commands/hubspot_session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>
#include <utility>

#include "net/nursery.hpp"

namespace payferry {

namespace asio = boost::asio;

HubSpotSession::HubSpotSession(const Settings& settings, const SignalWatch& signals)
    : signals_(signals),
      link_(settings, time_, context_.get_executor()),
      stop_(context_.get_executor()),
      calls_{settings,
             link_.client,
             link_.admission,
             time_,
             stop_,
             random_,
             Event(context_.get_executor())},
      asker_(settings, link_.client, link_.admission, time_, clock_, stop_, random_) {}

HubSpotSession::~HubSpotSession() {
  link_.pool.close_all();
  context_.restart();
  context_.run();
}

/// Idle connections stay open for the next work, so that the context never runs dry by itself.
void HubSpotSession::run(asio::awaitable<void> work, WorkDisplay* display) {
  bool has_ended = false;
  std::exception_ptr failure;
  asio::co_spawn(context_, watched(std::move(work), display), [&](std::exception_ptr error) {
    failure = std::move(error);
    has_ended = true;
  });
  context_.restart();
  while (!has_ended) context_.run_one();
  if (failure) std::rethrow_exception(failure);
}

asio::awaitable<void> HubSpotSession::watched(asio::awaitable<void> work, WorkDisplay* display) {
  const auto executor = co_await asio::this_coro::executor;
  Nursery watches(executor);
  const SignalStop on_signal = stop_on_signal(signals_, stop_, executor);
  if (display != nullptr) watches.start(display->run());
  std::exception_ptr failure;
  try {
    co_await std::move(work);
  } catch (...) {
    failure = std::current_exception();
  }
  watches.cancel();
  co_await watches.join();
  if (display != nullptr) display->finish();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace payferry

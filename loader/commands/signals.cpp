#include "loader/commands/signals.hpp"

#include <boost/asio/post.hpp>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "loader/commands/command_failure.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

bool is_ignored(int number) {
  struct sigaction now {};
  return ::sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

const char* name_of(int number) {
  if (number == SIGHUP) return "SIGHUP";
  return number == SIGINT ? "SIGINT" : "SIGTERM";
}

}  // namespace

SignalWatch::SignalWatch() : signals_(context_, SIGINT, SIGTERM) {
  if (!is_ignored(SIGHUP)) signals_.add(SIGHUP);
  wait();
  thread_ = std::thread([this] { context_.run(); });
}

SignalWatch::~SignalWatch() {
  context_.stop();
  thread_.join();
}

std::string SignalWatch::text() const {
  return std::string("Stopped by ") + name_of(first_);
}

void SignalWatch::wait() {
  signals_.async_wait([this](const boost::system::error_code& error, int number) {
    if (error) return;
    take(number);
    wait();
  });
}

void SignalWatch::take(int number) {
  if (!asked_.stop_requested()) {
    first_ = number;
    asked_.request_stop();
    return;
  }
  // A terminal that goes away says so more than once.
  if (number != SIGHUP) std::_Exit(static_cast<int>(ExitCode::stopped));
}

SignalStop stop_on_signal(const SignalWatch& signals, StopSignal& stop,
                          asio::any_io_executor executor) {
  return SignalStop(signals.asked(), [&signals, &stop, executor = std::move(executor)] {
    asio::post(executor,
               [text = signals.text(), &stop] { stop.request(StopReason::interrupted, text); });
  });
}

void stop_as_asked(const SignalWatch& signals, StopSignal& stop) {
  stop.request(StopReason::interrupted, signals.text());
}

}  // namespace payferry

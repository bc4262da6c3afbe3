#include "loader/commands/status_line.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <iostream>
#include <utility>

#include "loader/commands/tell.hpp"

namespace payferry {

namespace {

using namespace std::chrono_literals;

constexpr SteadyDuration kLiveEvery = 200ms;
constexpr SteadyDuration kPlainEvery = 10s;

ProgressMode decide(ProgressMode asked) {
  if (asked != ProgressMode::automatic) return asked;
  return ::isatty(STDERR_FILENO) == 1 ? ProgressMode::bar : ProgressMode::plain;
}

}  // namespace

StatusLine::StatusLine(ProgressMode mode) : mode_(decide(mode)) {}

SteadyDuration StatusLine::period() const {
  return mode_ == ProgressMode::bar ? kLiveEvery : kPlainEvery;
}

/// One column is left free, since many terminals wrap a line that fills the last one.
std::size_t StatusLine::width() {
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  return known ? size.ws_col - 1U : 79U;
}

void StatusLine::show(const std::string& line) {
  if (mode_ == ProgressMode::bar) {
    // Written over the last one and cleared behind: nothing flickers.
    std::cerr << '\r' << line << "\x1b[K" << std::flush;
    line_stands_ = true;
  } else {
    std::cerr << line << '\n' << std::flush;
  }
}

void StatusLine::finish() {
  if (!std::exchange(line_stands_, false)) return;
  std::cerr << "\r\x1b[K" << std::flush;
}

void StatusLine::say(const std::string& sentence) {
  const bool may_be_live = ::isatty(STDERR_FILENO) == 1;
  if (may_be_live) std::cerr << "\r\x1b[K";
  tell(sentence);
}

}  // namespace payferry

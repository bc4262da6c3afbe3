#include "loader/commands/work_display.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <utility>
#include <vector>

#include "loader/report/progress_line.hpp"

namespace payferry {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr SteadyDuration kLiveEvery = 200ms;
constexpr SteadyDuration kPlainEvery = 10s;

ProgressMode decide(ProgressMode asked) {
  if (asked != ProgressMode::automatic) return asked;
  return ::isatty(STDERR_FILENO) == 1 ? ProgressMode::bar : ProgressMode::plain;
}

/// One column is left free, since many terminals wrap a line that fills the last one.
std::size_t terminal_width() {
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  return known ? size.ws_col - 1U : 79U;
}

std::string how_far(const WorkFacts& facts) {
  const std::string done = with_thousands(facts.done);
  if (facts.of == 0) return done + " records " + facts.what;
  const std::uint64_t percent = std::min<std::uint64_t>(100, facts.done * 100 / facts.of);
  return done + " of " + with_thousands(facts.of) + " records " + facts.what + " (" +
         std::to_string(percent) + "%)";
}

/// What matters least stands last.
std::vector<std::string> parts_of(const WorkFacts& facts) {
  std::vector<std::string> parts{how_far(facts)};
  if (facts.stopping) parts.emplace_back("stopping");
  if (facts.waiting_for_hubspot) parts.emplace_back("HubSpot fails, trying again");
  if (facts.found > 0) parts.push_back(with_thousands(facts.found) + " to look at");
  parts.push_back(with_thousands(static_cast<std::uint64_t>(std::llround(facts.rate))) + "/s");
  parts.push_back(std::to_string(facts.in_flight) + " in flight");
  return parts;
}

}  // namespace

WorkDisplay::WorkDisplay(ProgressMode mode, Time& time, Line line)
    : mode_(decide(mode)), time_(time), line_(std::move(line)) {}

asio::awaitable<void> WorkDisplay::run() {
  if (mode_ == ProgressMode::none) co_return;
  const SteadyDuration every = mode_ == ProgressMode::bar ? kLiveEvery : kPlainEvery;
  for (;;) {
    co_await time_.sleep_for(every);
    show();
  }
}

void WorkDisplay::show() {
  const std::string line = line_(terminal_width());
  if (mode_ == ProgressMode::bar) {
    // Written over the last one and cleared behind: nothing flickers.
    std::cerr << '\r' << line << "\x1b[K" << std::flush;
    line_stands_ = true;
  } else {
    std::cerr << line << '\n' << std::flush;
  }
}

void WorkDisplay::finish() {
  if (!std::exchange(line_stands_, false)) return;
  std::cerr << "\r\x1b[K" << std::flush;
}

std::string work_line(const WorkFacts& facts, std::size_t width) {
  std::string line;
  for (const std::string& part : parts_of(facts)) {
    const std::string next = line.empty() ? part : ", " + part;
    if (line.size() + next.size() > width) break;
    line += next;
  }
  return line;
}

}  // namespace payferry

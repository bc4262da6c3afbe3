#include "loader/commands/work_display.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "loader/report/progress_line.hpp"
#include "model/counted.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

std::string how_far(const WorkFacts& facts) {
  if (facts.of == 0) return counted(facts.done, "record") + " " + facts.what;
  const std::uint64_t percent = std::min<std::uint64_t>(100, facts.done * 100 / facts.of);
  return with_thousands(facts.done) + " of " + counted(facts.of, "record") + " " + facts.what +
         " (" + std::to_string(percent) + "%)";
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
    : status_(mode), time_(time), line_(std::move(line)) {}

asio::awaitable<void> WorkDisplay::run() {
  if (!status_.is_wanted()) co_return;
  for (;;) {
    co_await time_.sleep_for(status_.period());
    status_.show(line_(status_.width()));
  }
}

std::string work_line(const WorkFacts& facts, std::size_t width) {
  return joined_within(parts_of(facts), width);
}

}  // namespace payferry

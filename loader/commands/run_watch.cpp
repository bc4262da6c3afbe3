#include "loader/commands/run_watch.hpp"

#include <algorithm>
#include <chrono>

#include "loader/commands/day_wait.hpp"

namespace payferry {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr SteadyDuration kInformEvery = 5s;
constexpr SteadyDuration kLogEvery = 60s;
constexpr std::size_t kStatusColumns = 120;

/// A watchdog is told twice within its time, so that one late word does no harm.
SteadyDuration tick_of(const ServiceManager& service) {
  const auto watchdog = service.watchdog();
  return watchdog ? std::min<SteadyDuration>(kInformEvery, *watchdog / 2) : kInformEvery;
}

void tell_of_day(RunWatch& watch, DayWait& wait) {
  const Admission::Snapshot admission = watch.context.admission.snapshot();
  const auto news = wait.news(admission.waits_for_day, admission.knows_midnights);
  if (!news) return;
  watch.log.waits(*news);
  StatusLine::say("payferry: " + *news);
}

}  // namespace

asio::awaitable<void> keep_watchers_informed(RunWatch watch) {
  const SteadyDuration tick = tick_of(watch.service);
  SteadyPoint logged = watch.context.time.now();
  DayWait day;
  for (;;) {
    watch.metrics.write(watch.context, watch.earlier, watch.source, watch.bytes_total);
    const std::string line = watch.display.line(kStatusColumns);
    watch.service.status(line);
    watch.service.alive();
    tell_of_day(watch, day);
    if (watch.context.time.now() - logged >= kLogEvery) {
      watch.log.progress(line);
      logged = watch.context.time.now();
    }
    co_await watch.context.time.sleep_for(tick);
  }
}

}  // namespace payferry

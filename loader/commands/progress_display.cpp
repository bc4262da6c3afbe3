#include "loader/commands/progress_display.hpp"

#include <algorithm>

namespace payferry {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr SteadyDuration kRateOver = 5s;

double seconds(SteadyDuration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

ProgressDisplay::ProgressDisplay(ProgressMode mode, DeliveryContext& context,
                                 const IntakeThread& source,
                                 std::optional<std::uint64_t> bytes_total)
    : status_(mode),
      context_(context),
      source_(source),
      bytes_total_(bytes_total),
      begun_(context.time.now()),
      settled_at_start_(context.log.tally().settled()) {}

asio::awaitable<void> ProgressDisplay::run() {
  if (!status_.is_wanted()) co_return;
  for (;;) {
    co_await context_.time.sleep_for(status_.period());
    status_.show(line(status_.width()));
  }
}

ProgressFacts ProgressDisplay::facts() {
  const SteadyPoint now = context_.time.now();
  const Tally& tally = context_.log.tally();
  const Admission::Snapshot admission = context_.admission.snapshot();
  recent_.emplace_back(now, tally.settled());
  while (recent_.size() > 2 && now - recent_.front().first > kRateOver) recent_.pop_front();

  ProgressFacts facts;
  facts.settled = tally.settled();
  facts.refused = tally.refused();
  facts.retries = context_.log.counters().retries;
  facts.throttled = admission.throttled;
  facts.in_flight = admission.in_flight;
  facts.waits_for_day = admission.waits_for_day;
  facts.waiting_for_hubspot = admission.circuit_open;
  facts.waiting_to_ask = context_.deliveries > 0 && context_.ready == 0 && admission.in_flight == 0;
  facts.waiting_for_keys = context_.held_by_keys > 0;
  facts.stopping = context_.stop.requested();
  const double recent_seconds = seconds(now - recent_.front().first);
  const auto recent_records = static_cast<double>(tally.settled() - recent_.front().second);
  if (recent_seconds > 0) facts.rate_now = recent_records / recent_seconds;
  const double run_seconds = seconds(now - begun_);
  if (run_seconds > 0)
    facts.rate_mean = static_cast<double>(tally.settled() - settled_at_start_) / run_seconds;
  if (admission.window_allowed > 0) {
    facts.quota_share =
        std::min(1.0, static_cast<double>(admission.window_used) / admission.window_allowed);
  }
  if (bytes_total_ && *bytes_total_ > 0 && tally.records > 0) {
    const double read =
        static_cast<double>(source_.bytes_read()) / static_cast<double>(*bytes_total_);
    const double settled =
        static_cast<double>(tally.settled()) / static_cast<double>(tally.records);
    facts.share_read = std::min(1.0, read * settled);
    if (*facts.share_read > 0.01 && run_seconds > 3 && settled_at_start_ == 0) {
      facts.time_left = std::chrono::seconds(
          static_cast<std::int64_t>(run_seconds / *facts.share_read - run_seconds));
    }
  }
  return facts;
}

}  // namespace payferry

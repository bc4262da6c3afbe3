#include "loader/commands/run_end.hpp"

#include "loader/commands/stop_code.hpp"

namespace payferry {

namespace {

bool all_done(const RunEnd& end) {
  return end.all_delivered && !end.has_failed && !end.is_end_doubted;
}

/// --max-errors judges the records, be they the last ones or not.
bool is_stopped(const RunEnd& end) {
  if (end.stop == StopReason::none) return false;
  return !all_done(end) || end.stop == StopReason::max_errors;
}

/// Of a run that has begun: "nothing was sent" is no longer true of it.
ExitCode code_when_stopped(StopReason reason) {
  const ExitCode code = code_of(reason);
  return code == ExitCode::unusable ? ExitCode::stopped : code;
}

ExitCode code_at_the_end(const Summary& summary) {
  const bool all_loaded = summary.complete &&
                          summary.tally.refused() + summary.tally.unknown == 0 &&
                          summary.books_balance();
  return all_loaded ? ExitCode::all_loaded : ExitCode::some_refused;
}

}  // namespace

Summary summarise(const RunEnd& end) {
  const bool stopped = is_stopped(end);
  Summary summary;
  summary.run_id = end.run_id;
  summary.tally = end.done.tally;
  summary.books_before = end.done.books_before;
  summary.counters = end.counters;
  if (stopped) summary.stopped = end.stopped;
  summary.is_cut_short = stopped && (end.is_rest_missing || end.is_end_doubted);
  summary.input_broken = end.input_broken;
  summary.complete = !stopped && summary.input_broken.empty();
  const ExitCode code = stopped ? code_when_stopped(end.stop) : code_at_the_end(summary);
  summary.exit_code = static_cast<int>(code);
  return summary;
}

}  // namespace payferry

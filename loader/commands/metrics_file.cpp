#include "loader/commands/metrics_file.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "config/version.hpp"
#include "loader/commands/command_failure.hpp"
#include "loader/commands/event_log.hpp"
#include "loader/commands/output_file.hpp"
#include "loader/commands/status_line.hpp"

namespace payferry {

namespace {

std::uint64_t resident_bytes() {
  std::uint64_t pages = 0;
  std::uint64_t resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

MetricsFile::MetricsFile(std::optional<std::string> path, EventLog& log)
    : path_(std::move(path)), log_(log) {
  if (path_) metrics_.import = std::filesystem::path(*path_).stem().string();
  metrics_.version = version();
}

void MetricsFile::write(const DeliveryContext& context, const EarlierProcesses& earlier,
                        const IntakeThread& source, std::optional<std::uint64_t> bytes_total) {
  if (!path_) return;
  const Admission::Snapshot admission = context.admission.snapshot();
  metrics_.tally = earlier.with(context.log.tally(), context.log.settled_here()).tally;
  metrics_.counters = context.log.counters_now();
  metrics_.in_flight = admission.in_flight;
  metrics_.most_in_flight = admission.concurrency;
  metrics_.window_used = admission.window_used;
  metrics_.window_allowed = admission.window_allowed;
  metrics_.daily_remaining = admission.daily_remaining;
  metrics_.hubspot_available = !admission.circuit_open;
  metrics_.input_bytes_read = source.bytes_read();
  metrics_.input_bytes = bytes_total;
  metrics_.started = context.run.started;
  metrics_.updated = context.time.wall_now();
  replace();
}

void MetricsFile::finish(const Summary& summary, const ReadProgress& read, Instant now) {
  if (!path_) return;
  metrics_.tally = summary.tally;
  metrics_.counters = summary.counters;
  metrics_.in_flight = 0;
  metrics_.window_used = 0;
  metrics_.input_bytes_read = read.bytes_read;
  if (read.bytes_total) metrics_.input_bytes = read.bytes_total;
  metrics_.updated = now;
  metrics_.exit_code = summary.exit_code;
  metrics_.complete = summary.complete;
  replace();
}

void MetricsFile::replace() {
  metrics_.durations = requests_.durations();
  metrics_.unanswered = requests_.unanswered();
  metrics_.resident_bytes = resident_bytes();
  try {
    write_output(*path_, metrics_text(metrics_), 0644);
  } catch (const CommandFailure& failure) {
    if (std::exchange(has_failed_, true)) return;
    log_.failed(failure.what());
    StatusLine::say(std::string("payferry: warning: ") + failure.what() +
                    "; the run is not touched by that");
  }
}

}  // namespace payferry

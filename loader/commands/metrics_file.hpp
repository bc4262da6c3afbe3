#pragma once

#include <optional>
#include <string>

#include "loader/commands/event_log.hpp"
#include "loader/commands/request_metrics.hpp"
#include "loader/delivery/delivery_context.hpp"
#include "loader/delivery/intake_thread.hpp"
#include "loader/report/earlier_processes.hpp"
#include "loader/report/summary.hpp"
#include "loader/source/record_reader.hpp"

namespace payferry {

/// `--metrics-file`: replaced in one step while a run goes on, and once more at its end. Can be
/// read by others, as node_exporter must. Thread: the network's.
class MetricsFile {
 public:
  /// Where the file cannot be written, `log` and standard error tell it once; nothing else comes of
  /// that.
  MetricsFile(std::optional<std::string> path, EventLog& log);

  /// `earlier`: what is known of the run beside what this process read.
  void write(const DeliveryContext& context, const EarlierProcesses& earlier,
             const IntakeThread& source, std::optional<std::uint64_t> bytes_total);
  /// The last time: with what the summary says, and how far the inputs were `read`.
  void finish(const Summary& summary, const ReadProgress& read, Instant now);

  RequestMetrics& requests() { return requests_; }

 private:
  void replace();

  std::optional<std::string> path_;
  EventLog& log_;
  RequestMetrics requests_;
  RunMetrics metrics_;
  bool has_failed_ = false;
};

}  // namespace payferry

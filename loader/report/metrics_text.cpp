#include "loader/report/metrics_text.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <utility>
#include <vector>

namespace payferry {

namespace {

using Labels = std::vector<std::pair<std::string, std::string>>;

std::string escaped(std::string_view value) {
  std::string text;
  for (const char character : value) {
    if (character == '\\' || character == '"') text.push_back('\\');
    text += character == '\n' ? "\\n" : std::string(1, character);
  }
  return text;
}

std::string number(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.15g", value);
  return text.data();
}

double seconds(std::chrono::milliseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

/// Writes metrics one after another, each of one name.
class Exposition {
 public:
  explicit Exposition(std::string import) : import_(std::move(import)) {}

  void metric(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_.append("# HELP payferry_").append(name).append(" ").append(help);
    text_.append("\n# TYPE payferry_").append(name).append(" ").append(type).append("\n");
  }
  void sample(const std::string& value, const Labels& labels = {}, std::string_view suffix = "") {
    text_.append("payferry_").append(name_).append(suffix);
    text_.append("{import=\"").append(escaped(import_)).append("\"");
    for (const auto& [label, label_value] : labels)
      text_.append(",").append(label).append("=\"").append(escaped(label_value)).append("\"");
    text_.append("} ").append(value).append("\n");
  }
  void counter(std::string_view name, std::string_view help, std::uint64_t value) {
    metric(name, "counter", help);
    sample(std::to_string(value));
  }
  void gauge(std::string_view name, std::string_view help, double value) {
    metric(name, "gauge", help);
    sample(number(value));
  }
  std::string take() { return std::move(text_); }

 private:
  std::string import_;
  std::string name_;
  std::string text_;
};

void write_records(Exposition& out, const Tally& tally) {
  out.counter("records_read_total", "Records of the run that were read from its source.",
              tally.records);
  out.metric("records_total", "counter", "Records of the run by what became of them, finally.");
  const std::array<std::pair<OutcomeStatus, std::uint64_t>, 6> counts{
      {{OutcomeStatus::created, tally.created},
       {OutcomeStatus::updated, tally.updated},
       {OutcomeStatus::existing, tally.existing},
       {OutcomeStatus::invalid, tally.invalid},
       {OutcomeStatus::rejected, tally.rejected},
       {OutcomeStatus::unknown, tally.unknown}}};
  for (const auto& [status, count] : counts)
    out.sample(std::to_string(count), {{"status", std::string(to_string(status))}});
  out.gauge("records_pending", "Records that were read and have no outcome yet.",
            static_cast<double>(tally.pending()));
}

void write_requests(Exposition& out, const RunMetrics& metrics) {
  const Counters& counters = metrics.counters;
  out.counter("requests_total", "Requests that the run sent to HubSpot.", counters.requests);
  out.counter("retries_total", "Batches or parts of batches that the run sent again.",
              counters.retries);
  out.counter("throttled_total", "Answers with HTTP 429.", counters.throttled);
  out.counter("reconciled_records_total", "Records in doubt whose fate was looked up.",
              counters.reconciled);
  out.counter("unanswered_requests_total", "Requests of this process that got no whole answer.",
              metrics.unanswered);
  out.gauge("requests_in_flight", "Requests under way.", metrics.in_flight);
  out.gauge("requests_in_flight_limit", "Most requests that are sent at once, for now.",
            metrics.most_in_flight);
}

void write_durations(Exposition& out, const DurationHistogram& durations) {
  out.metric("request_duration_seconds", "histogram",
             "From the first byte of a request to the end of HubSpot's answer.");
  for (std::size_t i = 0; i < DurationHistogram::kBounds.size(); ++i) {
    out.sample(std::to_string(durations.up_to(i)), {{"le", number(DurationHistogram::kBounds[i])}},
               "_bucket");
  }
  out.sample(std::to_string(durations.count()), {{"le", "+Inf"}}, "_bucket");
  out.sample(number(seconds(durations.sum())), {}, "_sum");
  out.sample(std::to_string(durations.count()), {}, "_count");
}

void write_quota(Exposition& out, const RunMetrics& metrics) {
  out.gauge("quota_window_requests_used", "Requests in the rolling window that ends now.",
            metrics.window_used);
  out.gauge("quota_window_requests_allowed", "Requests that a rolling window allows.",
            metrics.window_allowed);
  if (metrics.daily_remaining) {
    out.gauge("quota_daily_requests_remaining", "Requests that the account's day has left.",
              static_cast<double>(*metrics.daily_remaining));
  }
  out.gauge("hubspot_available", "1, or 0 while HubSpot fails and is asked now and then.",
            metrics.hubspot_available ? 1 : 0);
}

void write_input(Exposition& out, const RunMetrics& metrics) {
  out.counter("input_read_bytes_total", "Bytes of the inputs, as they are stored, that were read.",
              metrics.input_bytes_read);
  if (metrics.input_bytes) {
    out.gauge("input_bytes", "Bytes of the inputs, as they are stored.",
              static_cast<double>(*metrics.input_bytes));
  }
}

void write_process(Exposition& out, const RunMetrics& metrics) {
  out.metric("build_info", "gauge", "Always 1; the version is a label.");
  out.sample("1", {{"version", metrics.version}});
  out.gauge("resident_memory_bytes", "Memory that this process has in RAM.",
            static_cast<double>(metrics.resident_bytes));
  out.gauge("busy_seconds", "Time that the run was worked on, by all of its processes.",
            seconds(metrics.counters.busy));
  out.gauge("start_timestamp_seconds", "When the run was begun.",
            seconds(metrics.started.time_since_epoch()));
  out.gauge("update_timestamp_seconds", "When this file was written.",
            seconds(metrics.updated.time_since_epoch()));
  out.gauge("running", "1 while a process works on the run; 0 once it has left it.",
            metrics.exit_code ? 0 : 1);
  out.gauge("complete", "1 once every record of the run has its outcome.",
            metrics.complete ? 1 : 0);
  if (metrics.exit_code)
    out.gauge("exit_code", "With which the process left the run.", *metrics.exit_code);
}

}  // namespace

void DurationHistogram::add(std::chrono::milliseconds duration) {
  const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), seconds(duration));
  ++counts_[static_cast<std::size_t>(bound - kBounds.begin())];
  ++count_;
  sum_ += std::max(duration, std::chrono::milliseconds(0));
}

std::uint64_t DurationHistogram::up_to(std::size_t bound) const {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i <= bound && i < counts_.size(); ++i) sum += counts_[i];
  return sum;
}

std::string metrics_text(const RunMetrics& metrics) {
  Exposition out(metrics.import);
  write_records(out, metrics.tally);
  write_requests(out, metrics);
  write_durations(out, metrics.durations);
  write_quota(out, metrics);
  write_input(out, metrics);
  write_process(out, metrics);
  return out.take();
}

}  // namespace payferry

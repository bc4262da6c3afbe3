#include "loader/report/report_json.hpp"

#include "loader/report/plain_json.hpp"
#include "loader/report/run_standing.hpp"
#include "loader/run/stored_json.hpp"

namespace payferry {

namespace json = boost::json;

namespace {

json::value moment(const std::optional<Instant>& at) {
  return at ? json::value(to_iso8601(*at)) : json::value(nullptr);
}

json::array inputs_of(const Manifest& manifest) {
  json::array inputs;
  for (const InputInfo& input : manifest.inputs) {
    json::object entry{{"path", input.path}};
    if (input.fingerprint) entry["size"] = input.fingerprint->size;
    inputs.push_back(std::move(entry));
  }
  return inputs;
}

json::array starts_of(const Manifest& manifest) {
  json::array starts;
  for (const Instant start : manifest.started) starts.emplace_back(to_iso8601(start));
  return starts;
}

json::object latency_of(const LatencyHistogram& latency) {
  return {{"count", latency.count()},
          {"p50", latency.percentile(0.5).count()},
          {"p90", latency.percentile(0.9).count()},
          {"p99", latency.percentile(0.99).count()},
          {"max", latency.longest().count()}};
}

json::object answers_of(const RunReport& report) {
  json::object answers;
  for (const auto& [http, count] : report.answers) answers[std::to_string(http)] = count;
  return answers;
}

json::object failures_of(const RunReport& report) {
  json::object failures;
  for (const auto& [failure, count] : report.failures) failures[failure] = count;
  return failures;
}

json::object to_json(const CauseExample& example) {
  json::object object{{"record", example.record.value()}, {"line", example.line.value()}};
  if (!example.file.empty()) object["file"] = example.file;
  if (!example.key.empty()) object["key"] = example.key;
  object["message"] = example.message;
  return object;
}

json::object to_json(const Cause& cause, const MendingPlace& place) {
  const Remedy remedy = remedy_for(cause, place);
  json::array examples;
  for (const CauseExample& example : cause.examples) examples.push_back(to_json(example));
  return {{"status", to_string(cause.status)},
          {"category", cause.category},
          {"code", cause.code},
          {"property", cause.property},
          {"column", cause.column},
          {"count", cause.count},
          {"advice", remedy.advice},
          {"command", remedy.command},
          {"examples", std::move(examples)}};
}

json::array causes_of(const RunReport& report) {
  json::array causes;
  for (const Cause& cause : report.causes) causes.push_back(to_json(cause, report.place));
  return causes;
}

json::object to_json(const ActivityBin& bin, Instant from) {
  json::object object{{"from", to_iso8601(from)}};
  for (std::size_t i = 0; i < kOutcomeStatuses; ++i) {
    if (bin.outcomes[i] > 0) object[to_string(static_cast<OutcomeStatus>(i))] = bin.outcomes[i];
  }
  object["requests"] = bin.requests;
  if (bin.throttled > 0) object["throttled"] = bin.throttled;
  if (bin.faults > 0) object["faults"] = bin.faults;
  return object;
}

json::object timeline_of(const Timeline& timeline) {
  json::array bins;
  for (const Stretch& stretch : timeline.stretches) {
    Instant from = stretch.begin;
    for (const ActivityBin& bin : stretch.bins) {
      bins.push_back(to_json(bin, from));
      from += timeline.width;
    }
  }
  return {{"width_ms", timeline.width.count()}, {"bins", std::move(bins)}};
}

}  // namespace

std::string report_json(const RunReport& report) {
  json::value value = parse_stored_json(report.summary.to_json());
  json::object& object = value.as_object();
  object["version"] = report.manifest.version;
  object["directory"] = report.place.run_directory.string();
  object["standing"] = standing_of(report).title;
  object["unfinished"] = report.unfinished;
  object["undone"] = report.is_undone;
  if (report.unfinished) {
    // These books end before the newest records; that they do not balance yet says nothing.
    object.erase("books_balance");
  }
  object["inputs"] = inputs_of(report.manifest);
  object["started"] = starts_of(report.manifest);
  object["first_moment"] = moment(report.first_moment);
  object["last_moment"] = moment(report.last_moment);
  if (report.quota) {
    object["quota"] = {{"requests", report.quota->requests},
                       {"window_ms", report.quota->window.count()}};
  }
  object["latency_ms"] = latency_of(report.latency);
  object["answers"] = answers_of(report);
  object["failures"] = failures_of(report);
  object["causes"] = causes_of(report);
  object["records_of_other_causes"] = report.records_of_other_causes;
  object["unreadable_lines"] = report.unreadable_lines;
  object["timeline"] = timeline_of(report.timeline);
  return plain_json(object) + "\n";
}

}  // namespace payferry

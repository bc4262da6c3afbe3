#include "loader/run/attempt_line.hpp"

#include <boost/json/serialize.hpp>
#include <exception>
#include <stdexcept>

#include "loader/run/stored_json.hpp"
#include "loader/run/tally_json.hpp"
#include "model/json_text.hpp"

namespace payferry {

namespace json = boost::json;

namespace {

void append_head(std::string& out, std::string_view event, BatchNumber batch,
                 std::uint32_t attempt) {
  out.append(R"({"event":")").append(event);
  out.append(R"(","batch":)").append(std::to_string(batch.value()));
  out.append(R"(,"attempt":)").append(std::to_string(attempt));
}

void append_tail(std::string& out, Instant at) {
  out.append(R"(,"at":")");
  append_iso8601(out, at);
  out.append("\"}\n");
}

void append_span(std::string& out, const MomentSpan& span) {
  out.append(R"(,"by_hubspots_clock":[")");
  append_iso8601(out, span.earliest);
  out.append(R"(",")");
  append_iso8601(out, span.latest);
  out.append(R"("])");
}

Instant to_instant(const json::value& value) {
  const auto instant = parse_iso8601(value.as_string());
  if (!instant) throw std::runtime_error("not a time");
  return *instant;
}

Instant instant_at(const json::object& object) {
  return to_instant(object.at("at"));
}

std::optional<MomentSpan> span_at(const json::object& object) {
  const json::value* span = object.if_contains("by_hubspots_clock");
  if (span == nullptr) return std::nullopt;
  const json::array& ends = span->as_array();
  return MomentSpan{to_instant(ends.at(0)), to_instant(ends.at(1))};
}

SendLine parse_send(const json::object& object) {
  SendLine line;
  line.batch = BatchNumber(number_at(object, "batch"));
  line.attempt = static_cast<std::uint32_t>(number_at(object, "attempt"));
  for (const json::value& range : object.at("records").as_array()) {
    const json::array& ends = range.as_array();
    line.records.push_back({RecordNumber(ends.at(0).to_number<std::uint64_t>()),
                            RecordNumber(ends.at(1).to_number<std::uint64_t>())});
  }
  line.by_hubspots_clock = span_at(object);
  line.at = instant_at(object);
  return line;
}

AnswerLine parse_answer(const json::object& object) {
  AnswerLine line;
  line.batch = BatchNumber(number_at(object, "batch"));
  line.attempt = static_cast<std::uint32_t>(number_at(object, "attempt"));
  if (const json::value* http = object.if_contains("http")) line.http = http->to_number<int>();
  line.failure = text_or_empty(object, "failure");
  line.correlation_id = text_or_empty(object, "correlation_id");
  if (const json::value* none = object.if_contains("none_written"))
    line.none_written = none->as_bool();
  line.at = instant_at(object);
  return line;
}

CheckpointLine parse_checkpoint(const json::object& object) {
  CheckpointLine line;
  line.next = RecordNumber(number_at(object, "next"));
  line.position.input = InputIndex(number_at(object, "input"));
  line.position.line = LineNumber(number_at(object, "line"));
  line.position.offset = ByteOffset(number_at(object, "offset"));
  const json::array& bytes = object.at("bytes").as_array();
  for (std::size_t file = 0; file < kLogFileCount; ++file) {
    line.bytes[file] = bytes.at(file).to_number<std::uint64_t>();
  }
  line.tally = parse_tally(object.at("tally").as_object());
  line.counters = parse_counters(object.at("counters").as_object());
  line.input_broken = text_or_empty(object, "input_broken");
  if (const json::value* cut = object.if_contains("last_cut_send"))
    line.last_cut_send = to_instant(*cut);
  if (object.contains("at")) line.at = instant_at(object);
  return line;
}

CountersLine parse_counters_line(const json::object& object) {
  CountersLine line;
  line.counters = parse_counters(object.at("counters").as_object());
  line.at = instant_at(object);
  return line;
}

}  // namespace

void append_line(std::string& out, const SendLine& line) {
  append_head(out, "send", line.batch, line.attempt);
  out.append(R"(,"records":[)");
  for (std::size_t i = 0; i < line.records.size(); ++i) {
    if (i > 0) out.push_back(',');
    out.append("[").append(std::to_string(line.records[i].first.value()));
    out.append(",").append(std::to_string(line.records[i].last.value())).append("]");
  }
  out.push_back(']');
  if (line.by_hubspots_clock) append_span(out, *line.by_hubspots_clock);
  append_tail(out, line.at);
}

void append_line(std::string& out, const AnswerLine& line) {
  append_head(out, "answer", line.batch, line.attempt);
  if (line.http != 0) out.append(R"(,"http":)").append(std::to_string(line.http));
  if (!line.failure.empty()) {
    out.append(R"(,"failure":)");
    append_json_string(out, line.failure);
  }
  if (!line.correlation_id.empty()) {
    out.append(R"(,"correlation_id":)");
    append_json_string(out, line.correlation_id);
  }
  if (line.none_written) out.append(R"(,"none_written":true)");
  append_tail(out, line.at);
}

void append_line(std::string& out, const CheckpointLine& line) {
  json::array bytes(line.bytes.begin(), line.bytes.end());
  json::object object;
  object["event"] = "checkpoint";
  object["next"] = line.next.value();
  object["input"] = line.position.input.value();
  object["line"] = line.position.line.value();
  object["offset"] = line.position.offset.value();
  object["bytes"] = std::move(bytes);
  object["tally"] = to_json(line.tally);
  object["counters"] = to_json(line.counters);
  if (!line.input_broken.empty()) object["input_broken"] = stored_text(line.input_broken);
  if (line.last_cut_send) object["last_cut_send"] = to_iso8601(*line.last_cut_send);
  if (line.at) object["at"] = to_iso8601(*line.at);
  out.append(json::serialize(object)).push_back('\n');
}

void append_line(std::string& out, const CountersLine& line) {
  json::object object;
  object["event"] = "counters";
  object["counters"] = to_json(line.counters);
  object["at"] = to_iso8601(line.at);
  out.append(json::serialize(object)).push_back('\n');
}

std::optional<AttemptLine> parse_attempt_line(std::string_view line) {
  try {
    const json::value value = parse_stored_json(line);
    const json::object& object = value.as_object();
    const auto& event = object.at("event").as_string();
    if (event == "send") return parse_send(object);
    if (event == "answer") return parse_answer(object);
    if (event == "checkpoint") return parse_checkpoint(object);
    if (event == "counters") return parse_counters_line(object);
  } catch (const std::exception&) {
    // Whatever is wrong with it, it is not a line of ours.
  }
  return std::nullopt;
}

}  // namespace payferry

#include "loader/run/outcome_line.hpp"

#include <exception>

#include "loader/run/stored_json.hpp"

namespace payferry {

namespace json = boost::json;

namespace {

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value ? std::string(value->as_string()) : std::string();
}

std::uint64_t number_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value ? value->to_number<std::uint64_t>() : 0;
}

Refusal parse_refusal(const json::object& object) {
  Refusal refusal;
  refusal.category = text_at(object, "category");
  refusal.code = text_at(object, "code");
  refusal.property = text_at(object, "property");
  refusal.column = text_at(object, "column");
  refusal.message = text_at(object, "message");
  refusal.correlation_id = text_at(object, "correlation_id");
  if (object.contains("first_record"))
    refusal.first_record = RecordNumber(number_at(object, "first_record"));
  return refusal;
}

OutcomeLine parse(const json::object& object) {
  OutcomeLine line;
  line.outcome.record = RecordNumber(object.at("record").to_number<std::uint64_t>());
  line.outcome.status = parse_outcome_status(object.at("status").as_string()).value();
  line.outcome.id = text_at(object, "id");
  line.outcome.attempts = static_cast<std::uint32_t>(number_at(object, "attempts"));
  line.outcome.http = static_cast<int>(number_at(object, "http"));
  line.outcome.refusal = parse_refusal(object);
  line.outcome.at = parse_iso8601(object.at("at").as_string()).value();
  line.line = LineNumber(number_at(object, "line"));
  line.file = text_at(object, "file");
  line.key = text_at(object, "key");
  return line;
}

}  // namespace

std::optional<OutcomeLine> parse_outcome_line(std::string_view line) {
  try {
    const json::value value = parse_stored_json(line);
    return parse(value.as_object());
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace payferry

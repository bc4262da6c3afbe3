#include "loader/run/outcome_line.hpp"

#include <exception>

#include "loader/run/stored_json.hpp"

namespace payferry {

namespace json = boost::json;

namespace {

Refusal parse_refusal(const json::object& object) {
  Refusal refusal;
  refusal.category = text_or_empty(object, "category");
  refusal.code = text_or_empty(object, "code");
  refusal.property = text_or_empty(object, "property");
  refusal.column = text_or_empty(object, "column");
  refusal.message = text_or_empty(object, "message");
  refusal.correlation_id = text_or_empty(object, "correlation_id");
  if (object.contains("first_record"))
    refusal.first_record = RecordNumber(number_at(object, "first_record"));
  return refusal;
}

OutcomeLine parse(const json::object& object) {
  OutcomeLine line;
  line.outcome.record = RecordNumber(number_at(object, "record"));
  line.outcome.status = parse_outcome_status(object.at("status").as_string()).value();
  line.outcome.id = text_or_empty(object, "id");
  line.outcome.attempts = static_cast<std::uint32_t>(number_or_zero(object, "attempts"));
  line.outcome.http = static_cast<int>(number_or_zero(object, "http"));
  line.outcome.refusal = parse_refusal(object);
  line.outcome.at = parse_iso8601(object.at("at").as_string()).value();
  line.line = LineNumber(number_or_zero(object, "line"));
  line.file = text_or_empty(object, "file");
  line.key = text_or_empty(object, "key");
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

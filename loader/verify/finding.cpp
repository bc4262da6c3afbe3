#include "loader/verify/finding.hpp"

#include "model/clean_text.hpp"
#include "model/digits.hpp"
#include "model/json_text.hpp"

namespace payferry {

namespace {

void append_text(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out += name;
  append_json_string(out, value);
}

void append_value(std::string& out, std::string_view name, const std::string& value) {
  out += name;
  append_json_string(out, clean_text(value));
}

void append_difference(std::string& out, const PropertyDifference& difference) {
  append_json_string(out, difference.property);
  append_value(out, R"(:{"source":)", difference.source);
  if (difference.hubspot) {
    append_value(out, R"(,"hubspot":)", *difference.hubspot);
  } else {
    out += R"(,"hubspot":null)";
  }
  out += '}';
}

void append_differences(std::string& out, const std::vector<PropertyDifference>& differences) {
  if (differences.empty()) return;
  out += R"(,"properties":{)";
  for (const PropertyDifference& difference : differences) {
    if (out.back() != '{') out += ',';
    append_difference(out, difference);
  }
  out += '}';
}

}  // namespace

std::string_view to_string(FindingKind kind) {
  switch (kind) {
    case FindingKind::same:
      return "same";
    case FindingKind::differs:
      return "differs";
    case FindingKind::gone:
      return "gone";
    case FindingKind::unchecked:
      return "unchecked";
  }
  return "unchecked";
}

void append_finding_line(std::string& out, const CheckedRecord& record, const Finding& finding,
                         std::string_view file, Instant at) {
  out += R"({"record":)";
  append_number(out, record.number.value());
  out += R"(,"line":)";
  append_number(out, record.position.line.value());
  append_text(out, R"(,"file":)", file);
  append_text(out, R"(,"key":)", record.key);
  append_text(out, R"(,"id":)", record.id);
  append_text(out, R"(,"outcome":)", to_string(record.status));
  append_text(out, R"(,"status":)", to_string(finding.kind));
  if (record.currency.is_known()) append_text(out, R"(,"currency":)", record.currency.code());
  if (record.amount) append_text(out, R"(,"amount":)", record.amount->to_string());
  append_differences(out, finding.differences);
  append_text(out, R"(,"message":)", finding.message);
  out += R"(,"at":")";
  append_iso8601(out, at);
  out += "\"}\n";
}

}  // namespace payferry

#pragma once

#include <date/tz.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "model/mapping.hpp"

namespace payferry::test {

inline PropertyRule from(const char* property, const char* column,
                         ValueType type = ValueType::string) {
  PropertyRule rule;
  rule.property = property;
  rule.from = column;
  rule.type = type;
  return rule;
}

inline PropertyRule constant(const char* property, const char* value) {
  PropertyRule rule;
  rule.property = property;
  rule.value = value;
  return rule;
}

/// The mapping of interface.md §3.
inline MappingRules payment_rules() {
  MappingRules rules;
  rules.id_property = "hs_external_reference_id";
  rules.properties.push_back(from("hs_external_reference_id", "Invoice"));
  rules.properties.push_back(from("hs_initial_amount", "Amount", ValueType::decimal));
  rules.properties.back().required = true;
  rules.properties.push_back(from("hs_initiated_date", "Paid at", ValueType::datetime));
  rules.properties.back().format = "%Y-%m-%d %H:%M:%S";
  rules.properties.back().time_zone.table = date::locate_zone("Europe/London");
  rules.properties.back().required = true;
  rules.properties.push_back(from("hs_currency_code", "Currency"));
  rules.properties.back().default_value = "GBP";
  rules.properties.push_back(from("hs_latest_status", "State"));
  rules.properties.back().map = {{"paid", "succeeded"}, {"*", "failed"}};
  rules.properties.push_back(constant("hs_processor_type", "none"));
  rules.properties.push_back(from("hs_internal_comment", "Country"));
  return rules;
}

inline const std::vector<std::string> kPaymentColumns{"Invoice", "Amount",  "Paid at", "Currency",
                                                      "State",   "Country", "Contact"};

using Cells = std::vector<std::string_view>;

struct Mapped {
  std::string input;
  MappedRecord record;
};

inline Mapped map(const MappingRules& rules, const std::vector<std::string>& columns,
                  const Cells& cells) {
  const auto mapping = Mapping::compile(rules, columns);
  if (!mapping) throw std::runtime_error(mapping.error().message);
  Record record;
  record.number = RecordNumber(12);
  record.cells = cells;
  Mapped mapped;
  mapping->map(record, mapped.input, mapped.record);
  return mapped;
}

inline Mapped map_payment(const Cells& cells) {
  return map(payment_rules(), kPaymentColumns, cells);
}

/// The value that one rule makes of one cell; else "CODE: message", or "(none)" where no property
/// is sent.
inline std::string value_of(PropertyRule rule, std::string_view cell) {
  rule.property = "p";
  rule.from = "C";
  MappingRules rules;
  rules.properties.push_back(rule);
  const Mapped mapped = map(rules, {"C"}, {cell});
  if (mapped.record.error) return mapped.record.error->code + ": " + mapped.record.error->message;
  const auto properties = boost::json::parse(mapped.input).at("properties").as_object();
  return properties.empty() ? "(none)" : std::string(properties.at("p").as_string());
}

inline std::string value_of(ValueType type, std::string_view cell) {
  return value_of(from("p", "C", type), cell);
}

inline std::string compile_error(const MappingRules& rules,
                                 const std::vector<std::string>& columns) {
  const auto mapping = Mapping::compile(rules, columns);
  return mapping ? "compiles" : mapping.error().message;
}

}  // namespace payferry::test

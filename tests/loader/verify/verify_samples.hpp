#pragma once

#include <string>
#include <utility>
#include <vector>

#include "loader/verify/check_batch.hpp"
#include "model/mapping_rules.hpp"
#include "model/property_schema.hpp"

namespace payferry::test {

inline PropertyDefinition property_of(std::string name, std::string type) {
  PropertyDefinition property;
  property.name = std::move(name);
  property.type = std::move(type);
  return property;
}

/// The properties that the records of these tests have.
inline PropertySchema payment_schema() {
  PropertyDefinition net = property_of("hs_net_amount", "number");
  net.calculated = true;
  return PropertySchema(
      {property_of("hs_external_reference_id", "string"),
       property_of("hs_initial_amount", "number"), property_of("hs_initiated_date", "datetime"),
       property_of("hs_currency_code", "enumeration"), property_of("hs_customer_email", "string"),
       property_of("payferry_run", "string"), std::move(net)});
}

inline PropertyRule rule_of(std::string property, ValueType type = ValueType::string) {
  PropertyRule rule;
  rule.property = property;
  rule.from = std::move(property);
  rule.type = type;
  return rule;
}

inline MappingRules payment_rules() {
  MappingRules rules;
  rules.id_property = "hs_external_reference_id";
  rules.run_property = "payferry_run";
  rules.properties = {rule_of("hs_external_reference_id"),
                      rule_of("hs_initial_amount", ValueType::decimal),
                      rule_of("hs_initiated_date", ValueType::datetime),
                      rule_of("hs_currency_code"),
                      rule_of("hs_customer_email", ValueType::email),
                      rule_of("hs_net_amount", ValueType::decimal)};
  return rules;
}

/// Record `number` with id 1000 + number and key "k<number>", of which 12.50 GBP were sent.
inline CheckedRecord checked_record(std::uint64_t number) {
  CheckedRecord record;
  record.number = RecordNumber(number);
  record.position.line = LineNumber(number + 1);
  record.id = std::to_string(1000 + number);
  record.key = "k" + std::to_string(number);
  record.currency = Currency::parse("GBP").value();
  record.amount = Decimal(1250, 2);
  record.expected = {{"hs_currency_code", "GBP"},
                     {"hs_external_reference_id", record.key},
                     {"hs_initial_amount", "12.50"}};
  return record;
}

inline CheckBatch check_batch(std::uint64_t first, std::uint64_t count) {
  CheckBatch batch;
  batch.number = 1;
  const Currency pounds = Currency::parse("GBP").value();
  for (std::uint64_t number = first; number < first + count; ++number) {
    batch.records.push_back(checked_record(number));
    batch.source.count_read(pounds, Decimal(1250, 2));
    batch.source.count_outcome(pounds, Decimal(1250, 2), OutcomeStatus::created);
  }
  batch.end.next = RecordNumber(first + count);
  batch.end.source.line = LineNumber(first + count + 1);
  return batch;
}

}  // namespace payferry::test

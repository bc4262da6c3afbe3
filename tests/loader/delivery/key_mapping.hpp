#pragma once

#include "loader/delivery/batches.hpp"
#include "model/mapping.hpp"
#include "model/mapping_rules.hpp"

namespace payferry::test {

/// Maps the columns key and amount of a ListReader.
inline Mapping key_mapping(WriteMode write = WriteMode::create) {
  MappingRules rules;
  rules.write = write;
  rules.id_property = kKeyProperty;
  PropertyRule key;
  key.property = kKeyProperty;
  key.from = "key";
  PropertyRule amount;
  amount.property = rules.amount_property;
  amount.from = "amount";
  amount.type = ValueType::decimal;
  rules.properties = {key, amount};
  const std::vector<std::string> columns{"key", "amount"};
  return Mapping::compile(rules, columns).value();
}

}  // namespace payferry::test

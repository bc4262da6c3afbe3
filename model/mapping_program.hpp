#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "model/mapping.hpp"
#include "model/value_converter.hpp"

namespace payferry {

/// Ends the value before; the first property has none to end.
inline constexpr std::string_view kEndOfValue = "\",";

/// One property of the input: where its text is, what it becomes, which JSON goes before it.
struct MappingStep {
  std::string property;
  std::string column_name;                          ///< for messages
  std::optional<std::size_t> column;                ///< absent: a constant
  std::string prefix;                               ///< kEndOfValue and `"property":"`
  std::unique_ptr<const ValueConverter> converter;  ///< nullptr: the text is the value
  bool must_escape = false;  ///< what the converter writes may need escaping in JSON

  /// Of a constant, or for an empty cell.
  std::optional<std::string> fallback;
  std::string fallback_json;  ///< the same, escaped
  /// The fallback is a cell's text, to be converted: its value depends on the record.
  bool fallback_is_text = false;

  bool trim = true;
  bool required = false;
  bool check_card_number = false;
  bool card_number_allowable = true;  ///< the remedy may be allow_card_like
  bool is_key = false;
  bool is_amount = false;
  bool is_currency = false;

  /// The record's identity or its books: read even where the record is invalid.
  bool tells_of_invalid() const { return is_key || is_amount || is_currency; }
};

/// An association whose cell holds the other record's id, or the value to look that up by.
struct AssociationStep {
  AssociationRule rule;
  std::size_t column = 0;
};

/// Rules compiled against a source's columns.
struct MappingProgram {
  WriteMode write = WriteMode::create;
  std::string head;  ///< up to the key of an upsert, or the trace id of a create
  std::optional<MappingStep> upsert_key;  ///< goes before the properties and is none of them
  std::vector<MappingStep>
      steps;  ///< in the order of the config file, but what others need comes first
  std::vector<AssociationStep> associations;
};

tl::expected<std::unique_ptr<const MappingProgram>, MappingError> compile_mapping(
    const MappingRules& rules, std::span<const std::string> columns);

}  // namespace payferry

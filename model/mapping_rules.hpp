#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/time_zone.hpp"

namespace payferry {

/// How a cell's text becomes a property's value (interface.md §3).
enum class ValueType { string, decimal, minor_units, datetime, date, boolean, enumeration, email };

/// One line of [properties]: where a HubSpot property's value comes from.
struct PropertyRule {
  std::string property;
  std::optional<std::string> from;   ///< column, or dotted path in NDJSON
  std::optional<std::string> value;  ///< a constant; then `from` is absent
  std::optional<std::string>
      default_value;  ///< for an empty cell; already in the wire's form or mapped like a cell
  ValueType type = ValueType::string;
  std::map<std::string, std::string> map;  ///< source text → value; "*" is the rest
  std::string format =
      "iso8601";            ///< of datetime and date: strptime-like, "iso8601", "unix", "unix_ms"
  TimeZone time_zone;       ///< of wall-clock times
  char decimal_mark = '.';  ///< '.' or ','; the other one groups thousands
  bool trim = true;
  bool allow_card_like = false;
  bool required = false;   ///< an empty cell makes the record invalid
  std::string place = {};  ///< in the config, for messages; may be empty
};

/// False for a property that by its meaning must not hold a whole card number.
bool may_allow_card_like(const std::string& property);

enum class MissingAssociation { skip, reject };

/// One [[associations]] table.
struct AssociationRule {
  std::string to;                   ///< object type, e.g. "contacts"
  std::string from;                 ///< column or path
  std::optional<unsigned> type_id;  ///< absent: asked of the labels endpoint before the load
  std::string category = "HUBSPOT_DEFINED";
  std::optional<std::string>
      match;  ///< unique property of the target; absent: the cell is a record id
  MissingAssociation missing = MissingAssociation::skip;
  std::string place = {};  ///< in the config, for messages; may be empty
};

enum class WriteMode { create, upsert };

/// All that turns a source row into a HubSpot input.
struct MappingRules {
  std::vector<PropertyRule> properties;  ///< in the order of the config file
  std::vector<AssociationRule> associations;
  std::string id_property;   ///< empty: no key
  std::string run_property;  ///< empty: none
  std::string run_id;        ///< value of run_property, set when a run is opened
  WriteMode write = WriteMode::create;
  std::string amount_property = "hs_initial_amount";   ///< what control totals add up
  std::string currency_property = "hs_currency_code";  ///< what they are kept by
};

}  // namespace payferry

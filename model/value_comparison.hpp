#pragma once

#include <optional>
#include <string_view>

#include "model/decimal.hpp"
#include "model/property_schema.hpp"

namespace payferry {

/// By what two spellings of a property's value are the same value.
enum class ValueKind {
  text,     ///< letter by letter, but for blanks at the ends
  email,    ///< the same in any case of letters: HubSpot lowers them (contract §2.3)
  number,   ///< as exact decimals: 12.5 is 12.50 and 1.25E1
  moment,   ///< as moments: with an offset, as epoch milliseconds, with decimals of seconds or not
  day,      ///< as days: a date, or the moment of its midnight in UTC
  flag,     ///< true or false, in any case
  option,   ///< letter by letter
  options,  ///< several options joined by ";", in any order (contract §5.4)
};

/// By HubSpot's type of the property. `is_email`: payferry sends it as an e-mail address.
ValueKind kind_of(const PropertyDefinition& property, bool is_email);

/// Whether what HubSpot holds is what was sent. A spelling that cannot be read as its kind is
/// compared as text.
bool is_same_value(ValueKind kind, std::string_view sent, std::string_view held);

/// A number as HubSpot shows it: it takes no exponents (contract §5.4), but may show large numbers
/// with one.
std::optional<Decimal> parse_held_number(std::string_view text);

}  // namespace payferry

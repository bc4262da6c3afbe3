#pragma once

#include <string_view>

namespace payferry {

/// How surely a column's name says that it holds the values of a payment property, from its names
/// in English, German, French and Spanish: 0 not at all, the more the surer.
unsigned name_score(std::string_view property, std::string_view column);

/// HubSpot's value of an enumeration property for a source's word ("bezahlt" → "succeeded"); empty
/// where it is not known. For hs_latest_status and hs_payment_method_type.
std::string_view known_value(std::string_view property, std::string_view word);

}  // namespace payferry

#pragma once

#include <optional>
#include <string_view>

#include "model/decimal.hpp"

namespace payferry {

/// Reads a number as JSON writes it with an exponent, "1.5E+3" or "125e-2", exactly; the zeros that
/// say nothing are dropped. Nothing for a text of another form, and for a number with more digits
/// than Decimal::parse() takes.
std::optional<Decimal> parse_number_with_exponent(std::string_view text);

}  // namespace payferry

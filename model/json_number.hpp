#pragma once

#include <string_view>
#include <tl/expected.hpp>

#include "model/decimal.hpp"
#include "model/decimal_text.hpp"

namespace payferry {

/// Reads a number as JSON writes it with an exponent, "1.5E+3" or "125e-2", exactly; the zeros that
/// say nothing are dropped. A text of another form is not_a_number.
tl::expected<Decimal, DecimalProblem> parse_number_with_exponent(std::string_view text);

}  // namespace payferry

#pragma once

#include <string_view>
#include <tl/expected.hpp>

#include "model/currency.hpp"
#include "model/decimal.hpp"

namespace payferry {

/// Why a text is not taken for an amount.
enum class DecimalProblem {
  not_a_number,
  wrong_grouping,   ///< "1,23": would be another number if the separator were dropped
  too_many_digits,  ///< more than Decimal::parse() takes
  other_currency,   ///< "USD 12.00" of a record in GBP
};

/// Reads an amount as people and programs write it. `decimal_mark` is '.' or ','; the other one may
/// group thousands, as may blanks and apostrophes: one kind of separator per number, groups of
/// three digits, or of two before the last three as in India ("12,34,567.00"). Dropped: blanks
/// around the number, one currency sign (beside letters too: "US$") or ISO 4217 code before or
/// behind it, a leading "+". Negative: "-" before or behind the number (also U+2212), or brackets
/// "(12.00)". A code must be `currency`, where that is known; what a sign stands for is not certain
/// ("$").
tl::expected<Decimal, DecimalProblem> parse_decimal_text(std::string_view text, char decimal_mark,
                                                         Currency currency = Currency());

}  // namespace payferry

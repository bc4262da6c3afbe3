#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/currency.hpp"

namespace payferry {

/// How a column's dates are written.
struct DateGuess {
  std::string format;       ///< "iso8601", "unix", "unix_ms" or a pattern
  bool ambiguous = false;   ///< day and month could be the other way round
  bool has_offset = false;  ///< the text itself says which moment it is: no time zone is needed
};

// Each forgives one bad value in ten, since files have bad rows.

/// The first of the usual formats that read the most values; nothing where none reads nearly all.
/// `day_first` decides between 01/02 and 02/01 where the values leave it open.
std::optional<DateGuess> guess_date(std::span<const std::string> values, bool day_first);

/// How a column's amounts are written.
struct AmountGuess {
  char decimal_mark = '.';
  bool ambiguous = false;  ///< "1,234": thousands or decimals
};

/// Nothing where many a value is no amount. `comma_likely`: a file whose language writes decimal
/// commas.
std::optional<AmountGuess> guess_amount(std::span<const std::string> values, bool comma_likely);

/// The currency whose sign or code all amounts carry: "€ 12,00", "$5.00", "USD 5".
std::optional<Currency> guess_currency_of_amounts(std::span<const std::string> values);

bool are_whole_numbers(std::span<const std::string> values);
/// Thousands may be parted, as by "," where that is not `decimal_mark`; nothing of a currency
/// stands beside them.
bool are_whole_amounts(std::span<const std::string> values, char decimal_mark);
bool are_currency_codes(std::span<const std::string> values);
bool are_emails(std::span<const std::string> values);
std::size_t count_distinct(std::span<const std::string> values);
bool are_unique(std::span<const std::string> values);

}  // namespace payferry

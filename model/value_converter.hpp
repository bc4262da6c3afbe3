#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "model/currency.hpp"
#include "model/decimal.hpp"
#include "model/mapping_rules.hpp"

namespace payferry {

/// Why a text cannot be a value.
struct ValueProblem {
  std::string code;     ///< of RecordError
  std::string message;  ///< one sentence with the value and the remedy
};

/// What came of a conversion: a problem, or a value, which may be a number.
struct Conversion {
  Conversion() = default;
  explicit Conversion(ValueProblem the_problem) : problem(std::move(the_problem)) {}
  explicit Conversion(const Decimal& the_number) : number(the_number) {}

  std::optional<ValueProblem> problem;
  std::optional<Decimal> number;
};

/// Turns the text of a cell into the form in which HubSpot takes a value of the property's type
/// (contract §5.4). Thread: convert() is const and keeps no state.
class ValueConverter {
 public:
  virtual ~ValueConverter() = default;

  /// Appends the value to `out`, not escaped for JSON; appends nothing where the text stands for no
  /// value. `text` is not empty. `currency` is the record's. Where there is a problem, what was
  /// appended is void.
  virtual Conversion convert(std::string_view text, Currency currency, std::string& out) const = 0;

  /// The same for a number that JSON wrote with an exponent; nothing where the type takes none.
  virtual std::optional<Conversion> convert_number(std::string_view text, Currency currency,
                                                   std::string& out) const;
};

/// The converter that a rule asks for; nullptr where text is sent as it stands. The error says what
/// is wrong with the rule, without naming its property.
tl::expected<std::unique_ptr<const ValueConverter>, std::string> make_value_converter(
    const PropertyRule& rule);

}  // namespace payferry

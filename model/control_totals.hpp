#pragma once

#include <array>
#include <boost/container/flat_map.hpp>
#include <cstdint>
#include <optional>

#include "model/currency.hpp"
#include "model/decimal.hpp"
#include "model/outcome.hpp"

namespace payferry {

/// A count of records and the exact sum of their amounts.
struct Total {
  std::uint64_t count = 0;
  Decimal sum;

  void add(const std::optional<Decimal>& amount);
  friend bool operator==(const Total&, const Total&) = default;
};

Total operator+(const Total& left, const Total& right);

/// The books of one currency. Balanced when read = loaded + refused + pending.
struct CurrencyTotals {
  Total read;
  Total loaded;   ///< created, updated, existing
  Total refused;  ///< invalid, rejected, and of unknown fate: not known to be in HubSpot

  Total pending() const;
  bool balanced() const { return read == loaded + refused; }
};

/// Control totals per currency: counts and exact sums of what was read and what became of it.
class ControlTotals {
 public:
  /// In the order of the alphabet. There are few, and each batch has books of its own.
  using ByCurrency = boost::container::flat_map<Currency, CurrencyTotals>;

  void count_read(Currency currency, const std::optional<Decimal>& amount);
  void count_outcome(Currency currency, const std::optional<Decimal>& amount, OutcomeStatus status);
  const ByCurrency& by_currency() const { return by_currency_; }
  ByCurrency& by_currency() { return by_currency_; }
  /// True when every record that was read has an outcome and the sums agree.
  bool balanced() const;

 private:
  CurrencyTotals& books_of(Currency currency);

  ByCurrency by_currency_;
  /// Where the books of the currency stand that was last asked for of those with an equal hash:
  /// a search among the few there are costs more, since its branches cannot be predicted.
  std::array<std::uint8_t, Currency::kHashes> places_{};
};

}  // namespace payferry

#include "model/control_totals.hpp"

#include <algorithm>

namespace payferry {

void Total::add(const std::optional<Decimal>& amount) {
  ++count;
  if (amount) sum += *amount;
}

Total operator+(const Total& left, const Total& right) {
  return {left.count + right.count, left.sum + right.sum};
}

Total CurrencyTotals::pending() const {
  const Total settled = loaded + refused;
  return {read.count - std::min(read.count, settled.count), read.sum - settled.sum};
}

void ControlTotals::count_read(Currency currency, const std::optional<Decimal>& amount) {
  by_currency_[currency].read.add(amount);
}

void ControlTotals::count_outcome(Currency currency, const std::optional<Decimal>& amount,
                                  OutcomeStatus status) {
  CurrencyTotals& totals = by_currency_[currency];
  Total& side = is_loaded(status) ? totals.loaded : totals.refused;
  side.add(amount);
}

bool ControlTotals::balanced() const {
  return std::all_of(by_currency_.begin(), by_currency_.end(),
                     [](const auto& entry) { return entry.second.balanced(); });
}

}  // namespace payferry

#include "model/control_totals.hpp"

#include <algorithm>

namespace payferry {

namespace {
constexpr std::size_t kUsualCurrencies = 4;
}  // namespace

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

CurrencyTotals& ControlTotals::books_of(Currency currency) {
  std::uint8_t& place = places_[currency.hash()];
  if (place < by_currency_.size()) {
    auto& [other, books] = *by_currency_.nth(place);
    if (other == currency) return books;
  }
  if (by_currency_.empty()) by_currency_.reserve(kUsualCurrencies);
  const auto found = by_currency_.try_emplace(currency).first;
  place = static_cast<std::uint8_t>(by_currency_.index_of(found));
  return found->second;
}

void ControlTotals::count_read(Currency currency, const std::optional<Decimal>& amount) {
  books_of(currency).read.add(amount);
}

void ControlTotals::count_outcome(Currency currency, const std::optional<Decimal>& amount,
                                  OutcomeStatus status) {
  CurrencyTotals& totals = books_of(currency);
  Total& side = is_loaded(status) ? totals.loaded : totals.refused;
  side.add(amount);
}

bool ControlTotals::balanced() const {
  return std::all_of(by_currency_.begin(), by_currency_.end(),
                     [](const auto& entry) { return entry.second.balanced(); });
}

}  // namespace payferry

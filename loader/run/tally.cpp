#include "loader/run/tally.hpp"

#include <utility>

namespace payferry {

std::uint64_t& Tally::of(OutcomeStatus status) {
  switch (status) {
    case OutcomeStatus::created:
      return created;
    case OutcomeStatus::updated:
      return updated;
    case OutcomeStatus::existing:
      return existing;
    case OutcomeStatus::invalid:
      return invalid;
    case OutcomeStatus::rejected:
      return rejected;
    case OutcomeStatus::unknown:
      return unknown;
  }
  return unknown;
}

void Tally::count_read(Currency currency, const std::optional<Decimal>& amount) {
  ++records;
  totals.count_read(currency, amount);
}

void Tally::count_outcome(Currency currency, const std::optional<Decimal>& amount,
                          OutcomeStatus status) {
  ++of(status);
  totals.count_outcome(currency, amount, status);
}

Tally& Tally::operator+=(const Tally& other) {
  records += other.records;
  created += other.created;
  updated += other.updated;
  existing += other.existing;
  invalid += other.invalid;
  rejected += other.rejected;
  unknown += other.unknown;
  lacking_association += other.lacking_association;
  for (const auto& [currency, theirs] : other.totals.by_currency()) {
    CurrencyTotals& ours = totals.by_currency()[currency];
    ours.read = ours.read + theirs.read;
    ours.loaded = ours.loaded + theirs.loaded;
    ours.refused = ours.refused + theirs.refused;
  }
  return *this;
}

bool same_outcomes(const Tally& left, const Tally& right) {
  return left.created == right.created && left.updated == right.updated &&
         left.existing == right.existing && left.invalid == right.invalid &&
         left.rejected == right.rejected && left.unknown == right.unknown;
}

}  // namespace payferry

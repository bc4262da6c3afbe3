#pragma once

#include <cstdint>
#include <optional>

#include "model/control_totals.hpp"
#include "model/outcome.hpp"

namespace payferry {

/// Counts and control totals of some records: of a batch, of all before a checkpoint, of the run.
struct Tally {
  std::uint64_t records = 0;
  std::uint64_t created = 0;
  std::uint64_t updated = 0;
  std::uint64_t existing = 0;
  std::uint64_t invalid = 0;
  std::uint64_t rejected = 0;
  std::uint64_t unknown = 0;
  /// Of the loaded ones: those that lack an association which the source names.
  std::uint64_t lacking_association = 0;
  ControlTotals totals;

  void count_read(Currency currency, const std::optional<Decimal>& amount);
  void count_outcome(Currency currency, const std::optional<Decimal>& amount, OutcomeStatus status);

  std::uint64_t loaded() const { return created + updated + existing; }
  std::uint64_t refused() const { return invalid + rejected; }
  std::uint64_t settled() const { return loaded() + refused() + unknown; }
  std::uint64_t pending() const { return records - settled(); }
  std::uint64_t& of(OutcomeStatus status);

  Tally& operator+=(const Tally& other);
};

/// Whether as many records have each of the outcomes.
bool same_outcomes(const Tally& left, const Tally& right);

}  // namespace payferry

#pragma once

#include <optional>

#include "loader/report/summary.hpp"
#include "loader/run/recovery.hpp"

namespace payferry {

/// What a run has done through all of its processes.
struct WholeTally {
  Tally tally;
  /// Where not all amounts are known: the control totals are of the records before this one.
  std::optional<RecordNumber> books_before;
};

/// What earlier processes did of a run. One that is stopped before it has read as far as they had
/// tells no less than they did.
class EarlierProcesses {
 public:
  /// `state` must outlive this. `stored` is the summary that stands in the run directory.
  EarlierProcesses(const ResumeState& state, std::optional<Summary> stored);

  /// With what this process did. `read`: the books of all records up to the last one that it read;
  /// `settled_here`: of these, what got its outcome by this process.
  WholeTally with(const Tally& read, const Tally& settled_here) const;

 private:
  void add_settled_behind(std::uint64_t records, Tally& tally) const;

  const ResumeState& state_;
  /// How far any of them is known to have read.
  std::uint64_t records_;
  /// With amounts of records that this process may not have read; only where it agrees with the
  /// results log.
  std::optional<Summary> stored_;
};

}  // namespace payferry

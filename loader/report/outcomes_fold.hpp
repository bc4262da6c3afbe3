#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "loader/report/activity.hpp"
#include "loader/report/causes.hpp"
#include "loader/run/tally.hpp"

namespace payferry {

/// What the results log tells: counts by status, when, and why not.
class OutcomesFold {
 public:
  /// `activity` must outlive this.
  explicit OutcomesFold(Activity& activity) : activity_(activity) {}

  /// All whole lines of the file. Throws DiskFailure.
  void read(const std::filesystem::path& outcomes);
  void take(std::string_view line);

  /// Counts of what is settled; neither `records` nor control totals.
  const Tally& tally() const { return tally_; }
  RecordNumber last_record() const { return last_record_; }
  const Causes& causes() const { return causes_; }
  std::uint64_t unreadable() const { return unreadable_; }

 private:
  Activity& activity_;
  Tally tally_;
  RecordNumber last_record_;
  Causes causes_;
  std::uint64_t unreadable_ = 0;
};

}  // namespace payferry

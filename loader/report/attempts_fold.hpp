#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "loader/report/activity.hpp"
#include "loader/report/latency_histogram.hpp"
#include "loader/run/attempt_line.hpp"
#include "loader/run/counters_fold.hpp"

namespace payferry {

/// What the journal tells of a run's requests: batches only, since look-ups are not in it.
class AttemptsFold {
 public:
  /// `activity` must outlive this.
  explicit AttemptsFold(Activity& activity) : activity_(activity) {}

  /// All whole lines of the file. Throws DiskFailure.
  void read(const std::filesystem::path& attempts);
  void take(std::string_view text);

  /// The last one; a default one where there is none.
  const CheckpointLine& checkpoint() const { return checkpoint_; }
  RecordNumber last_record() const { return last_record_; }
  Counters counters() const { return counted_.counters(); }
  const LatencyHistogram& latency() const { return latency_; }
  const std::map<int, std::uint64_t>& answers() const { return answers_; }
  /// The first so many kinds by name, and "other" for the rest.
  const std::map<std::string, std::uint64_t>& failures() const { return failures_; }
  std::uint64_t unreadable() const { return unreadable_; }

 private:
  void take(const SendLine& line);
  void take(const AnswerLine& line);
  void count_failure(const std::string& failure);

  Activity& activity_;
  CheckpointLine checkpoint_;
  RecordNumber last_record_;
  CountersFold counted_;
  LatencyHistogram latency_;
  std::map<int, std::uint64_t> answers_;
  std::map<std::string, std::uint64_t> failures_;
  std::unordered_map<BatchNumber, Instant> under_way_;
  std::uint64_t unreadable_ = 0;
};

}  // namespace payferry

#pragma once

#include <optional>

#include "loader/run/attempt_line.hpp"

namespace payferry {

/// What a run did, told from the lines of its journal in their order: what the newest line with
/// counters says, and what stands behind it. So after a process was ended by force its last sends,
/// answers and time are counted still; its look-ups since then are not, which the journal does not
/// name.
class CountersFold {
 public:
  void take(const AttemptLine& line);

  Counters counters() const;

 private:
  void take(const SendLine& line);
  void take(const AnswerLine& line);
  void take(const CheckpointLine& line) { take(line.counters, line.at); }
  void take(const CountersLine& line) { take(line.counters, line.at); }
  void take(const Counters& noted, std::optional<Instant> at);
  void work_goes_on(Instant at);

  Counters counters_;
  /// Behind the counters stand the lines of one process only, as each one begins with its own.
  std::optional<Instant> counted_at_;
  std::chrono::milliseconds busy_since_{0};
};

}  // namespace payferry

#pragma once

#include <string>

#include "loader/delivery/stop_signal.hpp"
#include "loader/report/earlier_processes.hpp"
#include "loader/report/summary.hpp"

namespace payferry {

/// How a process comes to the end of its share of a run that has begun: the facts.
struct RunEnd {
  std::string run_id;
  WholeTally done;
  Counters counters;
  StopReason stop = StopReason::none;
  std::string stopped;           ///< why, in a sentence
  std::string input_broken;      ///< as Summary has it
  bool all_delivered = false;    ///< the source was read to its end, every record has its outcome
  bool has_failed = false;       ///< something went wrong that nobody could make good
  bool is_end_doubted = false;   ///< the source's end came with a signal
  bool is_rest_missing = false;  ///< of a pipe, though it was waited for
};

/// Judges them. A stop that came when all was done changes nothing.
Summary summarise(const RunEnd& end);

}  // namespace payferry

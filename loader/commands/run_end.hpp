#pragma once

#include <string>

#include "loader/delivery/stop_signal.hpp"
#include "loader/report/earlier_processes.hpp"
#include "loader/report/summary.hpp"

namespace payferry {

/// How a process leaves a run that has begun.
struct RunEnd {
  std::string run_id;
  WholeTally done;
  Counters counters;
  StopReason stop = StopReason::none;
  std::string stopped;         ///< why, in a sentence
  std::string input_broken;    ///< as Summary has it
  bool is_cut_short = false;   ///< as Summary has it
  bool all_delivered = false;  ///< the source was read to its end and every record has its outcome
};

/// With the exit code. A stop that came when all was done changes nothing.
Summary summarise(const RunEnd& end);

}  // namespace payferry

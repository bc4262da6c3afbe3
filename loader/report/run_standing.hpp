#pragma once

#include <string>

#include "loader/report/run_report.hpp"

namespace payferry {

/// How a run stands, in words.
struct RunStanding {
  enum class Tone { good, mixed, stopped, bad };
  Tone tone = Tone::good;
  std::string title;    ///< a few words
  std::string text;     ///< one or two sentences
  std::string command;  ///< what goes on from here; empty where there is nothing to do
};

RunStanding standing_of(const RunReport& report);

}  // namespace payferry

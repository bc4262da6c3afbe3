#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "loader/run/counters.hpp"
#include "loader/run/tally.hpp"
#include "model/ids.hpp"

namespace payferry {

/// How a run stands when a process leaves it: summary.json, and what the terminal shows at the end.
struct Summary {
  std::string run_id;
  Tally tally;
  /// Where not all amounts are known: the control totals are of the records before this one.
  std::optional<RecordNumber> books_before;
  Counters counters;
  bool complete = false;     ///< every record of the input has its outcome
  std::string stopped;       ///< one sentence, where it ended early
  std::string input_broken;  ///< one sentence, where the input could not be read to its end
  /// It ended early, and not all that comes through a pipe is kept: to be given again.
  bool is_cut_short = false;
  int exit_code = 0;

  std::chrono::duration<double> duration() const { return counters.busy; }
  double records_per_second() const;
  /// How many records, from the first one on, are in the control totals.
  std::uint64_t records_in_books() const;
  /// read = loaded + refused (+ pending), for counts and sums of every currency.
  bool books_balance() const;

  std::string to_json() const;
  static tl::expected<Summary, std::string> parse(std::string_view text);
};

}  // namespace payferry

#pragma once

#include <cstddef>
#include <string>

#include "config/command_line.hpp"
#include "net/time.hpp"

namespace payferry {

/// The place on standard error where a command shows how it gets on: a live line on a terminal, now
/// and then a plain line elsewhere, or nothing. Not thread-safe.
class StatusLine {
 public:
  explicit StatusLine(ProgressMode mode);

  bool is_wanted() const { return mode_ != ProgressMode::none; }
  /// How often it is worth showing something.
  SteadyDuration period() const;
  /// Columns that a line may have.
  static std::size_t width();
  void show(const std::string& line);
  /// Leaves the terminal as it is to be found.
  void finish();
  /// A sentence among the lines, from wherever: a live line gives way to it, and comes again.
  static void say(const std::string& sentence);

 private:
  ProgressMode mode_;  ///< decided: never automatic
  bool line_stands_ = false;
};

}  // namespace payferry

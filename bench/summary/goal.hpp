#pragma once

#include <string>

namespace payferry::bench {

/// A figure that payferry is held to.
struct Goal {
  enum class Bound { at_most, at_least };

  std::string what;
  std::string unit;  ///< may be empty
  double measured = 0;
  Bound bound = Bound::at_most;
  double limit = 0;

  bool is_met() const { return bound == Bound::at_most ? measured <= limit : measured >= limit; }
  /// "at most 2.50 µs"
  std::string limit_text() const;
  std::string measured_text() const;
};

}  // namespace payferry::bench

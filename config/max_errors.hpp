#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace payferry {

/// --max-errors N|P%: how many refused records end a run early.
class MaxErrors {
 public:
  /// "100" or "2.5%".
  static tl::expected<MaxErrors, std::string> parse(std::string_view text);

  static MaxErrors records(std::uint64_t count) { return {false, static_cast<double>(count)}; }
  static MaxErrors percent(double share) { return {true, share}; }

  /// `refused` of the `final` records so far (those with an outcome) were invalid or rejected. A
  /// share is judged from the hundredth record on, so that one bad row at the head of a file does
  /// not end the run.
  bool reached(std::uint64_t refused, std::uint64_t final) const;

  friend bool operator==(const MaxErrors&, const MaxErrors&) = default;

 private:
  MaxErrors(bool is_percent, double limit) : is_percent_(is_percent), limit_(limit) {}

  bool is_percent_;
  double limit_;  ///< a count below 2^53, or percent
};

}  // namespace payferry

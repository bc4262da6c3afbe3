#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "bench/harness/figure.hpp"

namespace payferry::bench {

/// What the way of a record took when it was last looked at.
struct InstructionBaseline {
  double a_record = 0;
  std::string compiler;  ///< counts of different compilers cannot be compared

  /// Throws std::runtime_error.
  static InstructionBaseline read(const std::filesystem::path& path);
  std::string to_json() const;
  /// By which share `counted` is over it; negative where it is under it.
  double growth_to(double counted) const { return (counted - a_record) / a_record; }
  static std::string this_compiler();
};

/// By how much more than the baseline's is a defect.
inline constexpr double kMostGrowth = 0.05;

/// Of what callgrind says at its end, "==42== Collected : 1234". Throws std::runtime_error.
double collected_instructions(const std::string& output);

/// Why instructions cannot be counted here.
std::optional<std::string> instructions_missing();

/// Instructions a record on a fixed input: the way of a record but for network and disk, and with
/// `whole_program` of payferry as a whole too. Counted by valgrind, so the load of the machine does
/// not matter.
Section count_instructions(bool whole_program);

}  // namespace payferry::bench

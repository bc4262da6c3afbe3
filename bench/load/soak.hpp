#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/load/scenarios.hpp"

namespace payferry::bench {

struct SoakReport {
  std::vector<Subject> subjects;         ///< the whole of it, and each quarter
  std::optional<std::string> complaint;  ///< one sentence where payferry grew
};

/// Loads, kills, resumes and compares all books. Throws std::runtime_error, and leaves everything
/// where it is, if payferry ends otherwise than it should or the books do not agree.
SoakReport soak(const LoadOptions& options);

}  // namespace payferry::bench

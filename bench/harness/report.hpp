#pragma once

#include <string>
#include <vector>

#include "bench/harness/figure.hpp"

namespace payferry::bench {

/// The class of machine that figures are of, without its name or owner.
struct Machine {
  std::string processor;  ///< the model's name
  unsigned cores = 0;
  std::size_t memory_mib = 0;
  std::string system;  ///< "Debian GNU/Linux 12"

  static Machine here();
  /// "2 cores of … , 8 GiB, Debian GNU/Linux 12"
  std::string to_string() const;
};

/// "2026-01-31", UTC
std::string today();

/// For programs: machine, date, and each figure with its runs.
std::string to_json(const Machine& machine, const std::vector<Section>& sections);

}  // namespace payferry::bench

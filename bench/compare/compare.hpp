#pragma once

#include <cstdint>

#include "bench/harness/figure.hpp"

namespace payferry::bench {

struct CompareOptions {
  std::uint64_t records = 100'000;
  unsigned connections = 16;
  unsigned runs = 5;
};

/// Adds to each subject what it took by what the first one took in the same turn.
void add_ratios(Section& section);

/// The same payments into the same simulated HubSpot by payferry and by its peers, in turns, so
/// that what else the machine does meets all of them.
Section compare_with_peers(const CompareOptions& options);

}  // namespace payferry::bench

#pragma once

#include <string>
#include <vector>

#include "bench/harness/figure.hpp"
#include "bench/harness/text_table.hpp"
#include "bench/summary/goal.hpp"

namespace payferry::bench {

/// The figures of `sections` that payferry is held to; those that were not measured are left out.
std::vector<Goal> goals_of(const std::vector<Section>& sections);

/// What each is, what was measured, and what it is to be.
TextTable to_table(const std::vector<Goal>& goals);

}  // namespace payferry::bench

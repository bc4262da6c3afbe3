#pragma once

#include <cstddef>

#include "loader/run/run_directory.hpp"
#include "loader/verify/verify_state.hpp"
#include "model/mapping_rules.hpp"

namespace payferry {

/// So many findings are held in memory at a time; each such group costs a pass over the results
/// log.
inline constexpr std::size_t kSupersededGroup = 50'000;

/// Rows of an upsert that have the same key become one record, which holds what the last of them
/// says: that an earlier one differs from it is no difference. Takes these out of verify.ndjson and
/// puts them right in the books. To be called once, when all is checked. Throws DiskFailure.
void forgive_superseded(const RunDirectory& directory, const MappingRules& rules,
                        VerifyState& state, std::size_t group = kSupersededGroup);

}  // namespace payferry

#pragma once

#include <string_view>
#include <vector>

#include "mutation/mutator/mutation.hpp"

namespace payferry::test {

/// Every mutation of a C++ source, by place. Comments, what stands in quotes, directives and what
/// is only logged have none. Relies on the format of the house to tell a comparison from a bracket.
std::vector<Mutation> mutations_of(std::string_view source);

}  // namespace payferry::test

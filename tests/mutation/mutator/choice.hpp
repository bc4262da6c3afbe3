#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "mutation/mutator/mutation.hpp"

namespace payferry::test {

/// A mutation of one of several sources.
struct Choice {
  std::size_t source = 0;  ///< its index
  Mutation mutation;
};

/// All lines that can be mutated, each once and with one of its mutations, in an order that the
/// seed decides: the first N of them are a sample.
std::vector<Choice> choices(const std::vector<std::string>& sources, std::uint64_t seed);

}  // namespace payferry::test

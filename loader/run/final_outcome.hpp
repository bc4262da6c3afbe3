#pragma once

#include <cstddef>
#include <utility>

#include "model/outcome.hpp"

namespace payferry {

/// A record's outcome, with its place in the batch.
struct FinalOutcome {
  FinalOutcome(std::size_t the_entry, Outcome the_outcome)
      : entry(the_entry), outcome(std::move(the_outcome)) {}

  std::size_t entry;
  Outcome outcome;
};

}  // namespace payferry

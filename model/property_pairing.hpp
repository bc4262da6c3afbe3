#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "model/batch.hpp"
#include "model/batch_answer.hpp"

namespace payferry {

/// What is left to pair by properties, as places in the lists of the answer and the batch, and what
/// came of it.
struct PropertyPairing {
  std::vector<std::size_t> entries;
  std::vector<std::size_t> results;

  std::vector<std::pair<std::size_t, std::size_t>> pairs;  ///< (entry, result)
  /// Entries that are in HubSpot for certain, by the number of results equal to them, although
  /// nothing tells which result is whose.
  std::vector<std::size_t> unnamed_entries;
  std::vector<std::size_t> unnamed_results;
};

/// Pairs the entries and results of `pairing` that have equal properties, where that leaves one way
/// only; entries that were sent in the same words but for the trace id are interchangeable, so any
/// way will do for them. Results need AnsweredRecord::properties.
void pair_by_equal_properties(PropertyPairing& pairing, std::span<const AnsweredRecord> results,
                              std::span<const BatchEntry* const> sent);

/// The form in which two spellings of one value are equal: numbers without idle zeros, moments as
/// milliseconds, else folded.
std::string canonical_value(std::string_view value);

}  // namespace payferry

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/batch.hpp"
#include "model/batch_answer.hpp"

namespace payferry {

/// What the results of an answer say of one entry of the batch.
struct Match {
  enum class Kind {
    none,       ///< no result is this entry's
    result,     ///< `result` is
    unnamed,    ///< one of several results is, and nothing tells which
    ambiguous,  ///< results contradict each other
  };
  Kind kind = Kind::none;
  const AnsweredRecord* result = nullptr;
};

struct Pairing {
  std::vector<Match> matches;  ///< one for each entry, in their order
  std::size_t strangers = 0;   ///< results that belong to no entry
};

/// Pairs each entry with its result. The order of results means nothing (contract §2.3); the
/// pairing is by the echoed trace id, by the exact key, by a key that differs in case and blanks at
/// the ends alone where no other does, and for entries that this leaves, by equal properties.
/// `refused` are the entries that an error names: their share of otherwise equal results is none.
/// Nothing is paired on a guess.
Pairing pair_results(std::span<const AnsweredRecord> results,
                     std::span<const BatchEntry* const> sent, const std::vector<bool>& refused);

}  // namespace payferry

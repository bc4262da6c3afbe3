#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/answer.hpp"
#include "model/batch.hpp"
#include "model/batch_answer.hpp"
#include "model/classify.hpp"

namespace payferry {

/// Which entries of a batch the errors of its answer name. One error may name several entries, one
/// entry may be named by several errors (contract §2.4).
struct NamedErrors {
  std::vector<std::vector<const AnsweredError*>> of_entry;  ///< in the order of the answer
  std::vector<const AnsweredError*> nameless;               ///< that name no entry

  bool names(std::size_t entry) const { return !of_entry[entry].empty(); }
};

/// An error names an entry by its trace id; in an upsert by context.ids, which are keys there; else
/// by the unique value that it says is taken, where exactly one entry carries that.
NamedErrors name_errors(std::span<const AnsweredError> errors,
                        std::span<const BatchEntry* const> sent, WriteMode mode);

/// The fate of an entry that `errors` name (at least one), by the first one that decides: held by a
/// record already, else refused; where the server was at fault, in doubt or not done. Their
/// messages are joined.
Fate fate_by_errors(std::span<const AnsweredError* const> errors, const Answer& answer);

}  // namespace payferry

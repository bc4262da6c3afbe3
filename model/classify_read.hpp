#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/answer.hpp"
#include "model/batch_answer.hpp"
#include "model/classify.hpp"

namespace payferry {

/// What a batch read says of one key or record id that was asked for.
struct LookUp {
  enum class Kind {
    found,     ///< `record` has it
    missing,   ///< HubSpot has no such record
    not_told,  ///< the answer says nothing of it: to be asked for again
  };
  Kind kind = Kind::not_told;
  const AnsweredRecord* record = nullptr;  ///< of found; points into the answer
  /// Of missing: no error says so, the answer only leaves it out. Where it was asked for alone,
  /// that may be the answer to nothing (contract §2.4).
  bool by_silence = false;
};

/// By what a batch read was asked.
enum class ReadBy { key, record_id };

/// Of the reaction none, see `look_ups`. isolate: refused whole for a key in it; with one key it is
/// `whole` that is to be told.
struct ReadVerdict : WholeVerdict {
  std::vector<LookUp> look_ups;  ///< one for each key asked for, in their order
  /// The keys that were not told are to be asked for again in two halves: a batch read may come
  /// back empty for one missing key (contract §1.6). Never set for one key alone.
  bool ask_in_halves = false;
};

/// Tells for each of `asked` whether HubSpot has it, by the body (contract §1.6): found are the
/// results, missing is what an error names as not found, and what a 200 without errors leaves out.
/// `body` must outlive the verdict.
ReadVerdict classify_read(const Answer& answer, const BatchAnswer& body,
                          std::span<const std::string_view> asked, ReadBy by);

}  // namespace payferry

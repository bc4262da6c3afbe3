#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/answer.hpp"
#include "model/batch_answer.hpp"
#include "model/classify.hpp"
#include "model/request_body.hpp"

namespace payferry {

/// What became of one input of a batch call that may be repeated without harm.
enum class InputFate {
  done,
  refused,   ///< `whole` or `refusals` says why
  not_told,  ///< to be sent again
};

/// Of batch archive and batch associate, both of which do nothing new when they are repeated.
/// The reaction is never isolate; of none, see `fates`.
struct CallVerdict : WholeVerdict {
  std::vector<InputFate> fates;   ///< one for each input, in their order
  std::vector<Refusal> refusals;  ///< likewise; empty but for the refused
  /// The inputs that were not told are to be sent again in two halves: one of them is at fault.
  /// Never set for one input alone.
  bool send_in_halves = false;
};

/// Archived records: a success without a body has archived all (contract §1.8). A record that
/// HubSpot does not have, or no more, is done with.
CallVerdict classify_archive(const Answer& answer, const BatchAnswer& body,
                             std::span<const std::string_view> ids);

/// Associated records: what no error names by one of its ids is done, unless nothing at all was
/// (contract §2.4).
CallVerdict classify_associate(const Answer& answer, const BatchAnswer& body,
                               std::span<const AssociationInput> inputs);

}  // namespace payferry

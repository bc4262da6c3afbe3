#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "loader/delivery/batch_progress.hpp"
#include "model/classify_call.hpp"
#include "model/mapping_rules.hpp"
#include "model/request_body.hpp"

namespace payferry {

/// The associations of an upserted batch on their way, without I/O. HubSpot's upsert takes none
/// (contract §1.5), so that a call of their own makes them once the record's id is known; until
/// that call is answered the record's outcome is held here, and not in the results log. A resumed
/// run then upserts and associates it once more, and both do nothing new.
class AssociationProgress {
 public:
  /// A call's worth of associations, all to the same object type.
  struct Step {
    std::string to_object;
    std::vector<std::size_t> links;
  };

  /// `rules`, with their types, must outlive this.
  explicit AssociationProgress(const std::vector<AssociationRule>& rules) : rules_(rules) {}

  /// The entry's record is to be associated with `to_id`.
  void add(std::size_t entry, std::size_t rule, std::string to_id);
  /// Keeps the outcomes of records that were written and have associations to be made; gives back
  /// the others.
  std::vector<FinalOutcome> hold(std::vector<FinalOutcome> outcomes);

  /// Nothing when all of what is held is associated. Its result must be told before the next call.
  std::optional<Step> next();
  /// In the order of the step's links; views hold until its result is told.
  std::vector<AssociationInput> inputs(const Step& step) const;
  /// The outcomes of records that have all of their associations now, or an answer for each.
  std::vector<FinalOutcome> take_verdict(const Step& step, const CallVerdict& verdict);

 private:
  struct Link {
    std::size_t entry = 0;
    std::size_t rule = 0;
    std::string to_id;
  };
  struct Held {
    explicit Held(FinalOutcome outcome) : final(std::move(outcome)) {}
    FinalOutcome final;
    std::size_t links_open = 0;
  };

  void begin(std::size_t entry);
  std::optional<FinalOutcome> end(const Link& link, const Refusal* refusal);
  Refusal refusal_of(const Link& link, const Refusal& refusal) const;
  void send_again(Step step, bool in_halves);

  const std::vector<AssociationRule>& rules_;
  std::vector<Link> links_;
  std::map<std::size_t, Held> held_;  ///< by entry
  std::vector<Step> steps_;           ///< a stack: the last one is next
};

}  // namespace payferry

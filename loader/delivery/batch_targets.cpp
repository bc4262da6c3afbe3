#include "loader/delivery/batch_targets.hpp"

#include "model/association_json.hpp"
#include "model/shown_value.hpp"

namespace payferry {

namespace {

Refusal not_found(const AssociationRule& rule, std::string_view value, const std::string& told) {
  Refusal refusal;
  refusal.code = "ASSOCIATION_NOT_FOUND";
  refusal.column = rule.from;
  refusal.message = "HubSpot has no record of " + rule.to + " with " + *rule.match + " " +
                    shown_value(value) + (told.empty() ? "" : " (" + told + ")");
  refusal.message += rule.missing == MissingAssociation::skip
                         ? ", so that the record is loaded without this association"
                         : "; make one, mend the cell, or load without it by missing = \"skip\"";
  return refusal;
}

void add_to_input(Batch& batch, const AssociationTarget& target, const AssociationRule& rule,
                  std::string_view id) {
  std::string elements(batch.entries()[target.entry].associations);
  append_association(elements, rule, id);
  batch.set_associations(target.entry, elements);
}

}  // namespace

void take_targets(const DeliveryContext& context, AssociationTargets::Claim& claim, Batch& batch,
                  BatchProgress& progress, AssociationProgress& associating) {
  const std::vector<AssociationTarget>& targets = batch.targets();
  for (std::size_t place = 0; place < targets.size(); ++place) {
    const AssociationTarget& target = targets[place];
    const AssociationRule& rule = context.associations[target.rule];
    const LookedUpTarget* const looked_up = claim.at(place);
    if (looked_up && looked_up->state == LookedUpTarget::State::missing) {
      Refusal refusal = not_found(rule, target.value, looked_up->refusal);
      if (rule.missing == MissingAssociation::reject) {
        progress.must_not_be_sent(target.entry, std::move(refusal));
      } else {
        progress.lacks_association(target.entry, std::move(refusal));
      }
      continue;
    }
    const std::string_view id = looked_up ? std::string_view(looked_up->id) : target.value;
    if (context.settings.mapping.write == WriteMode::upsert) {
      associating.add(target.entry, target.rule, std::string(id));
    } else {
      add_to_input(batch, target, rule, id);
    }
  }
  claim.release();
}

}  // namespace payferry

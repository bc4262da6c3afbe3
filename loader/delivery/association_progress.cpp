#include "loader/delivery/association_progress.hpp"

#include <algorithm>
#include <utility>

namespace payferry {

namespace {

bool was_written(const Outcome& outcome) {
  const bool written =
      outcome.status == OutcomeStatus::created || outcome.status == OutcomeStatus::updated;
  return written && !outcome.id.empty();
}

}  // namespace

void AssociationProgress::add(std::size_t entry, std::size_t rule, std::string to_id) {
  Link& link = links_.emplace_back();
  link.entry = entry;
  link.rule = rule;
  link.to_id = std::move(to_id);
}

std::vector<FinalOutcome> AssociationProgress::hold(std::vector<FinalOutcome> outcomes) {
  if (links_.empty()) return outcomes;
  std::vector<FinalOutcome> rest;
  for (FinalOutcome& final : outcomes) {
    const std::size_t entry = final.entry;
    const auto links = std::count_if(links_.begin(), links_.end(),
                                     [&](const Link& link) { return link.entry == entry; });
    if (links == 0 || !was_written(final.outcome)) {
      rest.push_back(std::move(final));
      continue;
    }
    held_.try_emplace(entry, std::move(final)).first->second.links_open =
        static_cast<std::size_t>(links);
    begin(entry);
  }
  return rest;
}

/// Puts the entry's links to those that lead to the same object.
void AssociationProgress::begin(std::size_t entry) {
  for (std::size_t link = 0; link < links_.size(); ++link) {
    if (links_[link].entry != entry) continue;
    const std::string& to_object = rules_[links_[link].rule].to;
    const auto step = std::find_if(steps_.begin(), steps_.end(), [&](const Step& one) {
      return one.to_object == to_object && one.links.size() < kMaxAssociationInputs;
    });
    Step& joined = step == steps_.end() ? steps_.emplace_back() : *step;
    joined.to_object = to_object;
    joined.links.push_back(link);
  }
}

std::optional<AssociationProgress::Step> AssociationProgress::next() {
  if (steps_.empty()) return std::nullopt;
  std::optional<Step> step(std::move(steps_.back()));
  steps_.pop_back();
  return step;
}

std::vector<AssociationInput> AssociationProgress::inputs(const Step& step) const {
  std::vector<AssociationInput> inputs;
  inputs.reserve(step.links.size());
  for (const std::size_t index : step.links) {
    const Link& link = links_[index];
    AssociationInput& input = inputs.emplace_back();
    input.from_id = held_.at(link.entry).final.outcome.id;
    input.to_id = link.to_id;
    input.category = rules_[link.rule].category;
    input.type_id = rules_[link.rule].type_id.value();
  }
  return inputs;
}

std::vector<FinalOutcome> AssociationProgress::take_verdict(const Step& step,
                                                            const CallVerdict& verdict) {
  std::vector<FinalOutcome> outcomes;
  Step again;
  again.to_object = step.to_object;
  for (std::size_t place = 0; place < step.links.size(); ++place) {
    if (verdict.fates[place] == InputFate::not_told) {
      again.links.push_back(step.links[place]);
      continue;
    }
    const bool refused = verdict.fates[place] == InputFate::refused;
    auto outcome = end(links_[step.links[place]], refused ? &verdict.refusals[place] : nullptr);
    if (outcome) outcomes.push_back(*std::move(outcome));
  }
  send_again(std::move(again), verdict.send_in_halves);
  return outcomes;
}

/// The entry's outcome, if this was the last of its links.
std::optional<FinalOutcome> AssociationProgress::end(const Link& link, const Refusal* refusal) {
  const auto held = held_.find(link.entry);
  FinalOutcome& final = held->second.final;
  if (refusal != nullptr) add_lacking_association(final.outcome, refusal_of(link, *refusal));
  if (--held->second.links_open > 0) return std::nullopt;
  std::optional<FinalOutcome> outcome(std::move(final));
  held_.erase(held);
  return outcome;
}

Refusal AssociationProgress::refusal_of(const Link& link, const Refusal& refusal) const {
  const AssociationRule& rule = rules_[link.rule];
  Refusal told = refusal;
  told.code = "ASSOCIATION_REFUSED";
  told.column = rule.from;
  told.message = "The record is in HubSpot, but without its association to " + rule.to + " " +
                 link.to_id + ": " + refusal.message;
  return told;
}

void AssociationProgress::send_again(Step step, bool in_halves) {
  if (in_halves && step.links.size() > 1) {
    const auto middle = step.links.begin() + static_cast<std::ptrdiff_t>(step.links.size() / 2);
    Step& rest = steps_.emplace_back();
    rest.to_object = step.to_object;
    rest.links.assign(middle, step.links.end());
    step.links.erase(middle, step.links.end());
  }
  if (!step.links.empty()) steps_.push_back(std::move(step));
}

}  // namespace payferry

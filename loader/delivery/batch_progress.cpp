#include "loader/delivery/batch_progress.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace payferry {

namespace {
/// A key that HubSpot says is held, and that a look-up does not find, is held by a record that
/// cannot be read (in the recycling bin, or not visible yet): so often it is asked for before that
/// is believed.
constexpr std::uint32_t kVainLookUps = 3;
}  // namespace

BatchProgress::BatchProgress(const Batch& batch, Options options)
    : batch_(batch), options_(std::move(options)), states_(batch.entries().size()) {
  Portion fresh;
  fresh.reserve(states_.size());
  for (std::size_t entry = 0; entry < states_.size(); ++entry) {
    const BatchEntry& source = batch.entries()[entry];
    states_[entry].attempts = source.attempts_before;
    states_[entry].first_sent = source.sent_before;
    const bool in_doubt = source.sent_before && options_.write == WriteMode::create;
    if (!in_doubt) fresh.push_back(entry);
    if (in_doubt && options_.has_key) to_look_up_.push_back(entry);
  }
  if (options_.write == WriteMode::create) {
    resend(std::move(fresh));
  } else {
    add_waves(std::move(fresh));
  }
}

/// HubSpot refuses a whole upsert that names one id twice (contract §2.4): later ones go in a
/// request of their own, after the earlier ones.
void BatchProgress::add_waves(Portion entries) {
  std::vector<Portion> waves;
  while (!entries.empty()) {
    Portion wave;
    Portion later;
    std::unordered_set<std::string_view> keys;
    for (const std::size_t entry : entries) {
      const std::string_view key = batch_.entries()[entry].key;
      const bool is_first = key.empty() || keys.insert(key).second;
      (is_first ? wave : later).push_back(entry);
    }
    waves.push_back(std::move(wave));
    entries = std::move(later);
  }
  portions_.insert(portions_.end(), std::make_move_iterator(waves.rbegin()),
                   std::make_move_iterator(waves.rend()));
}

/// An upsert that an earlier process sent is sent again: HubSpot may have the record.
void BatchProgress::must_not_be_sent(std::size_t entry, Refusal refusal) {
  EntryState& state = states_[entry];
  if (options_.write == WriteMode::upsert && state.first_sent) {
    state.trouble->lacking.push_back(std::move(refusal));
  } else {
    state.trouble->unsendable = std::move(refusal);
  }
}

void BatchProgress::lacks_association(std::size_t entry, Refusal refusal) {
  states_[entry].trouble->lacking.push_back(std::move(refusal));
}

void BatchProgress::take_out_unsendable(std::vector<FinalOutcome>& out) {
  for (Portion& portion : portions_) {
    std::erase_if(portion, [&](std::size_t entry) {
      if (!trouble(entry).unsendable) return false;
      out.emplace_back(entry, unsendable(entry));
      return true;
    });
  }
  std::erase_if(portions_, [](const Portion& portion) { return portion.empty(); });
}

std::vector<FinalOutcome> BatchProgress::initial_outcomes() {
  std::vector<FinalOutcome> outcomes;
  take_out_unsendable(outcomes);
  if (options_.has_key || options_.write != WriteMode::create) return outcomes;
  for (std::size_t entry = 0; entry < states_.size(); ++entry) {
    if (states_[entry].first_sent)
      outcomes.emplace_back(entry, outcome_of(entry, OutcomeStatus::unknown, 0));
  }
  return outcomes;
}

BatchProgress::Step BatchProgress::next() {
  Step step;
  if (!to_look_up_.empty()) {
    step.kind = StepKind::look_up;
    std::sort(to_look_up_.begin(), to_look_up_.end());
    const std::size_t count = std::min(most_looked_up_at_once_, to_look_up_.size());
    const auto end = to_look_up_.begin() + static_cast<std::ptrdiff_t>(count);
    step.entries.assign(to_look_up_.begin(), end);
    to_look_up_.erase(to_look_up_.begin(), end);
  } else if (!portions_.empty()) {
    step.kind = StepKind::send;
    step.entries = std::move(portions_.back());
    portions_.pop_back();
  }
  return step;
}

void BatchProgress::put_back(Step step) {
  if (step.kind == StepKind::look_up) {
    to_look_up_.insert(to_look_up_.end(), step.entries.begin(), step.entries.end());
  }
  if (step.kind == StepKind::send) portions_.push_back(std::move(step.entries));
}

void BatchProgress::ask_in_halves(Step step) {
  most_looked_up_at_once_ = std::max<std::size_t>(1, step.entries.size() / 2);
  put_back(std::move(step));
}

std::vector<FinalOutcome> BatchProgress::take_verdict(const Step& step, Verdict verdict,
                                                      const Answer& answer) {
  std::vector<FinalOutcome> outcomes;
  outcomes.reserve(step.entries.size());
  Portion again;
  const bool reached = verdict.reaction != Reaction::throttled && answer.reach != Reach::not_sent;
  for (std::size_t place = 0; place < step.entries.size(); ++place) {
    const std::size_t entry = step.entries[place];
    if (reached) ++states_[entry].attempts;
    take_fate(entry, verdict.fates[place], answer, again, outcomes);
  }
  // Refused whole and nobody named: halves find the one that spoils it in a logarithm of requests.
  const bool nobody_named = again.size() == step.entries.size();
  if (verdict.reaction == Reaction::isolate && nobody_named && again.size() > 1) {
    split(std::move(again));
  } else {
    resend(std::move(again));
  }
  return outcomes;
}

void BatchProgress::take_fate(std::size_t entry, Fate& fate, const Answer& answer, Portion& again,
                              std::vector<FinalOutcome>& out) {
  EntryState& state = states_[entry];
  switch (fate.kind) {
    case FateKind::created:
    case FateKind::updated: {
      const bool created = fate.kind == FateKind::created;
      const OutcomeStatus status = created ? OutcomeStatus::created : OutcomeStatus::updated;
      out.emplace_back(entry, written(entry, status, std::move(fate.id), answer.status));
      return;
    }
    case FateKind::refused: {
      Outcome outcome = outcome_of(entry, OutcomeStatus::rejected, answer.status);
      outcome.refusal = std::move(fate.refusal);
      out.emplace_back(entry, std::move(outcome));
      return;
    }
    case FateKind::held:
      if (auto outcome = outcome_of_held(entry, fate, answer.status)) {
        out.emplace_back(entry, *std::move(outcome));
        return;
      }
      state.trouble->held = true;
      state.trouble->held_by = std::move(fate.id);
      state.trouble->held_refusal = std::move(fate.refusal);
      to_look_up_.push_back(entry);
      return;
    case FateKind::in_doubt:
      if (!state.first_sent) state.first_sent = answer.sent_at;
      if (options_.write == WriteMode::upsert) {
        again.push_back(entry);
      } else if (options_.has_key) {
        to_look_up_.push_back(entry);
      } else {
        Outcome outcome = outcome_of(entry, OutcomeStatus::unknown, answer.status);
        outcome.refusal = std::move(fate.refusal);
        out.emplace_back(entry, std::move(outcome));
      }
      return;
    case FateKind::not_done:
      again.push_back(entry);
      return;
  }
}

/// Nothing where a look-up by our key finds out whose the holder is. A value of another unique
/// property is held by another record: this one is not in HubSpot.
std::optional<Outcome> BatchProgress::outcome_of_held(std::size_t entry, Fate& fate,
                                                      int http) const {
  const std::string& property = fate.refusal->property;
  const bool is_other = !property.empty() && property != options_.id_property;
  if (options_.has_key && !is_other) return std::nullopt;
  if (!is_other && !fate.id.empty()) return existing(entry, fate.id, http);
  Outcome outcome = outcome_of(entry, OutcomeStatus::rejected, http);
  outcome.refusal = std::move(fate.refusal);
  return outcome;
}

void BatchProgress::resend(Portion entries) {
  if (!entries.empty()) portions_.push_back(std::move(entries));
}

void BatchProgress::split(Portion portion) {
  const auto middle = portion.begin() + static_cast<std::ptrdiff_t>(portion.size() / 2);
  portions_.emplace_back(middle, portion.end());
  portions_.emplace_back(portion.begin(), middle);
}

std::vector<FinalOutcome> BatchProgress::take_look_up(const Step& step,
                                                      std::span<const LookUpResult> results,
                                                      int http) {
  std::vector<FinalOutcome> outcomes;
  Portion again;
  for (std::size_t place = 0; place < step.entries.size(); ++place) {
    const std::size_t entry = step.entries[place];
    const LookUpResult& result = results[place];
    if (result.kind == LookUpResult::Kind::not_told) {  // NOLINT(bugprone-branch-clone): in order
      to_look_up_.push_back(entry);
    } else if (auto outcome = settle(entry, result, http)) {
      outcomes.emplace_back(entry, *std::move(outcome));
    } else if (trouble(entry).held) {
      to_look_up_.push_back(entry);
    } else if (trouble(entry).unsendable) {
      outcomes.emplace_back(entry, unsendable(entry));
    } else {
      again.push_back(entry);
    }
  }
  resend(std::move(again));
  return outcomes;
}

/// Nothing where the record is still to be sent, or to be looked up again if it is held.
std::optional<Outcome> BatchProgress::settle(std::size_t entry, const LookUpResult& result,
                                             int http) {
  if (result.kind == LookUpResult::Kind::missing) {
    if (!trouble(entry).held) return std::nullopt;
    if (++states_[entry].trouble->vain_look_ups < kVainLookUps) return std::nullopt;
    return existing(entry, trouble(entry).held_by, http);
  }
  switch (result.origin) {
    case Origin::this_record:
      return written(entry, OutcomeStatus::created, std::string(result.record.id), http);
    case Origin::other_row:
      return duplicate(entry, result, http);
    case Origin::before:
    case Origin::unclear:
      break;
  }
  return existing(entry, result.record.id, http);
}

Outcome BatchProgress::outcome_of(std::size_t entry, OutcomeStatus status, int http) const {
  Outcome outcome;
  outcome.record = batch_.entries()[entry].number;
  outcome.status = status;
  outcome.attempts = states_[entry].attempts;
  outcome.http = http;
  if (status == OutcomeStatus::unknown) {
    outcome.refusal->message =
        "It was sent, and without id_property it cannot be told whether HubSpot has it; look for "
        "it there before "
        "you load it again";
  }
  return outcome;
}

Outcome BatchProgress::written(std::size_t entry, OutcomeStatus status, std::string&& id,
                               int http) const {
  Outcome outcome = outcome_of(entry, status, http);
  outcome.id = std::move(id);
  for (const Refusal& refusal : trouble(entry).lacking) add_lacking_association(outcome, refusal);
  return outcome;
}

Outcome BatchProgress::unsendable(std::size_t entry) const {
  Outcome outcome = outcome_of(entry, OutcomeStatus::rejected, 0);
  outcome.refusal = trouble(entry).unsendable;
  return outcome;
}

Outcome BatchProgress::existing(std::size_t entry, const std::string& id, int http) const {
  Outcome outcome = outcome_of(
      entry, options_.reject_existing ? OutcomeStatus::rejected : OutcomeStatus::existing, http);
  outcome.id = id;
  if (options_.reject_existing) {
    outcome.refusal->category = trouble(entry).held_refusal->category;
    outcome.refusal->code = "ALREADY_EXISTS";
    outcome.refusal->message =
        "HubSpot had a record with this id before; on_existing = \"keep\" would accept that";
    outcome.refusal->correlation_id = trouble(entry).held_refusal->correlation_id;
  }
  return outcome;
}

Outcome BatchProgress::duplicate(std::size_t entry, const LookUpResult& result, int http) const {
  Outcome outcome = outcome_of(entry, OutcomeStatus::rejected, http);
  outcome.refusal->code = "DUPLICATE_IN_SOURCE";
  outcome.refusal->first_record = result.first_record;
  outcome.refusal->message = "An earlier record of this run has the same id";
  if (result.first_record) {
    outcome.refusal->message =
        "Record " + std::to_string(result.first_record->value()) + " of this run has the same id";
  }
  return outcome;
}

}  // namespace payferry

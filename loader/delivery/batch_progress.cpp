#include "loader/delivery/batch_progress.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace payferry {

namespace {
/// A key that HubSpot says is held, and that a look-up does not find, is held by a record that
/// is not visible yet, or that is archived (contract §5.5): so often it is asked for before the
/// holder itself is.
constexpr std::uint32_t kVainLookUps = 3;

bool is_open(const Fate& fate) {
  return fate.kind == FateKind::in_doubt || fate.kind == FateKind::not_done;
}

/// Other reactions tell that nothing was written, for a reason that lies beyond these records.
bool may_leave_open(Reaction reaction) {
  return reaction == Reaction::none || reaction == Reaction::retry || reaction == Reaction::locked;
}
}  // namespace

BatchProgress::BatchProgress(const Batch& batch, Options options)
    : batch_(batch), options_(std::move(options)), states_(batch.entries().size()) {
  Portion fresh;
  fresh.reserve(states_.size());
  for (std::size_t entry = 0; entry < states_.size(); ++entry) {
    const RecordInDoubt* const sent_before = batch.entries()[entry].in_doubt;
    if (sent_before != nullptr) {
      states_[entry].attempts = sent_before->attempts;
      states_[entry].trouble->sent = sent_before->sent;
    }
    const bool in_doubt = sent_before != nullptr && options_.write == WriteMode::create;
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
  if (options_.write == WriteMode::upsert && sent(entry)) {
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
    if (sent(entry)) outcomes.emplace_back(entry, outcome_of(entry, OutcomeStatus::unknown, 0));
  }
  return outcomes;
}

BatchProgress::Step BatchProgress::next() {
  Step step;
  for (const StepKind kind : {StepKind::look_up, StepKind::look_up_holder}) {
    Portion& entries = to_look_up(kind);
    if (entries.empty()) continue;
    step.kind = kind;
    std::sort(entries.begin(), entries.end());
    const std::size_t count = std::min(most_looked_up_at_once_, entries.size());
    const auto end = entries.begin() + static_cast<std::ptrdiff_t>(count);
    step.entries.assign(entries.begin(), end);
    entries.erase(entries.begin(), end);
    return step;
  }
  if (!portions_.empty()) {
    step.kind = StepKind::send;
    step.entries = std::move(portions_.back());
    portions_.pop_back();
  }
  return step;
}

BatchProgress::Portion& BatchProgress::to_look_up(StepKind kind) {
  return kind == StepKind::look_up_holder ? holders_to_look_up_ : to_look_up_;
}

std::uint32_t BatchProgress::vain_sends(const Step& step) const {
  std::uint32_t most = 0;
  for (const std::size_t entry : step.entries) most = std::max(most, states_[entry].vain_sends);
  return most;
}

void BatchProgress::put_back(Step step) {
  if (step.kind == StepKind::send) {
    portions_.push_back(std::move(step.entries));
  } else {
    Portion& entries = to_look_up(step.kind);
    entries.insert(entries.end(), step.entries.begin(), step.entries.end());
  }
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
  if (reached && may_leave_open(verdict.reaction)) note_vain_sends(step, verdict);
  for (std::size_t place = 0; place < step.entries.size(); ++place) {
    const std::size_t entry = step.entries[place];
    Fate& fate = verdict.fates[place];
    if (reached) ++states_[entry].attempts;
    take_fate(entry, fate, answer, again, outcomes);
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

void BatchProgress::note_vain_sends(const Step& step, const Verdict& verdict) {
  for (std::size_t place = 0; place < step.entries.size(); ++place)
    if (is_open(verdict.fates[place])) ++states_[step.entries[place]].vain_sends;
}

void BatchProgress::take_fate(std::size_t entry, Fate& fate, const Answer& answer, Portion& again,
                              std::vector<FinalOutcome>& out) {
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
      return take_held(entry, fate, answer.status, out);
    case FateKind::in_doubt:
      return take_doubt(entry, fate, answer, again, out);
    case FateKind::not_done:
      return send_again(entry, again);
  }
}

/// A value of another unique property is held by another record: this one is not in HubSpot. Who
/// holds our own is found out by it, or by the holder's id.
void BatchProgress::take_held(std::size_t entry, Fate& fate, int http,
                              std::vector<FinalOutcome>& out) {
  const std::string& property = fate.refusal->property;
  const bool is_other = !property.empty() && property != options_.id_property;
  if (is_other || (!options_.has_key && fate.id.empty())) {
    Outcome outcome = outcome_of(entry, OutcomeStatus::rejected, http);
    outcome.refusal = std::move(fate.refusal);
    out.emplace_back(entry, std::move(outcome));
    return;
  }
  Trouble& trouble = *states_[entry].trouble;
  trouble.held = true;
  trouble.held_by = std::move(fate.id);
  trouble.held_refusal = std::move(fate.refusal);
  to_look_up(options_.has_key ? StepKind::look_up : StepKind::look_up_holder).push_back(entry);
}

void BatchProgress::take_doubt(std::size_t entry, Fate& fate, const Answer& answer, Portion& again,
                               std::vector<FinalOutcome>& out) {
  std::optional<SendTimes>& sent = states_[entry].trouble->sent;
  if (!sent) sent = SendTime(answer.sent_at);
  sent->last = answer.sent_at;
  if (options_.write == WriteMode::upsert) return send_again(entry, again);
  if (options_.has_key) return to_look_up_.push_back(entry);
  Outcome outcome = outcome_of(entry, OutcomeStatus::unknown, answer.status);
  if (fate.refusal) outcome.refusal = std::move(fate.refusal);
  out.emplace_back(entry, std::move(outcome));
}

/// Nothing is rejected for a fault of the server's: what it leaves open too often ends the run.
void BatchProgress::send_again(std::size_t entry, Portion& again) {
  has_given_up_ = has_given_up_ || states_[entry].vain_sends >= options_.most_sends;
  again.push_back(entry);
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
    switch (results[place].kind) {
      case LookUpResult::Kind::not_told:
        to_look_up(step.kind).push_back(entry);
        break;
      case LookUpResult::Kind::missing:
        take_missing(entry, step.kind, http, again, outcomes);
        break;
      case LookUpResult::Kind::found:
        outcomes.emplace_back(entry, outcome_of_found(entry, results[place], http));
        break;
    }
  }
  resend(std::move(again));
  return outcomes;
}

void BatchProgress::take_missing(std::size_t entry, StepKind asked, int http, Portion& again,
                                 std::vector<FinalOutcome>& out) {
  if (asked == StepKind::look_up_holder) {
    out.emplace_back(entry, held_by_archived(entry, http));
  } else if (trouble(entry).held) {
    Trouble& trouble = *states_[entry].trouble;
    if (++trouble.vain_look_ups < kVainLookUps) {
      to_look_up_.push_back(entry);
    } else if (!trouble.held_by.empty()) {
      holders_to_look_up_.push_back(entry);
    } else {
      out.emplace_back(entry, held_by_archived(entry, http));
    }
  } else if (trouble(entry).unsendable) {
    out.emplace_back(entry, unsendable(entry));
  } else {
    send_again(entry, again);
  }
}

Outcome BatchProgress::outcome_of_found(std::size_t entry, const LookUpResult& result,
                                        int http) const {
  switch (result.origin) {
    case Origin::this_record:
      return written(entry, OutcomeStatus::created, std::string(result.record.id), http);
    case Origin::other_row:
      return duplicate(entry, result, http);
    case Origin::before:
    case Origin::this_run:
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

Outcome BatchProgress::held_by_archived(std::size_t entry, int http) const {
  const Trouble& held = trouble(entry);
  Outcome outcome = outcome_of(entry, OutcomeStatus::rejected, http);
  outcome.refusal = held.held_refusal;
  outcome.refusal->code = "HELD_BY_ARCHIVED";
  outcome.refusal->message =
      "HubSpot refuses the id, since a record" +
      (held.held_by.empty() ? std::string() : " (" + held.held_by + ")") +
      " holds it that cannot be read: it is archived, most likely. Restore that record, or delete "
      "it for good, and load this one again";
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

#include "model/classify.hpp"

#include <algorithm>

#include "model/failure.hpp"
#include "model/named_errors.hpp"
#include "model/pairing.hpp"
#include "model/unusable_property.hpp"

namespace payferry {

namespace {

using Sent = std::span<const BatchEntry* const>;

/// A record that a create returns although it was made this long before the call was taken stood
/// there before.
constexpr std::chrono::minutes kClockTolerance{1};

bool stood_before(const AnsweredRecord& record, const BatchAnswer& body) {
  return record.created_at && body.started_at &&
         *record.created_at < *body.started_at - kClockTolerance;
}

/// Never a guess in favour of created, which is what undo archives (interface.md §4).
FateKind kind_by_result(const AnsweredRecord& record, const BatchAnswer& body, WriteMode mode) {
  if (mode == WriteMode::upsert) {
    return record.is_new.value_or(false) ? FateKind::created : FateKind::updated;
  }
  return stood_before(record, body) ? FateKind::held : FateKind::created;
}

/// The fate is of a record that nothing is known of yet.
void take_result(Fate& fate, const AnsweredRecord& record, const BatchAnswer& body,
                 WriteMode mode) {
  fate.kind = kind_by_result(record, body, mode);
  fate.id = record.id;
  fate.created_at = record.created_at;
  if (!record.run.empty()) fate.run = record.run;
}

/// One of equal results is this entry's: it is done, though nobody can tell its id.
Fate fate_of_unnamed(WriteMode mode) {
  Fate fate;
  fate.kind = mode == WriteMode::create ? FateKind::created : FateKind::updated;
  return fate;
}

/// A result and an error for one record. With a key a look-up tells the truth. Without one the
/// result stands, as HubSpot gave an id, unless that is the very record which the error calls the
/// holder.
Fate fate_of_contradiction(const BatchEntry& entry, const Fate& by_result, Fate by_errors) {
  if (!entry.key.empty()) {
    by_errors.kind = FateKind::in_doubt;
    return by_errors;
  }
  return by_errors.kind == FateKind::held && by_errors.id == by_result.id ? by_errors : by_result;
}

class Classifier {
 public:
  Classifier(const Answer& answer, const BatchAnswer& body, Sent sent, WriteMode mode)
      : answer_(answer), body_(body), sent_(sent), mode_(mode) {
    verdict_.fates.resize(sent.size());
  }

  Verdict classify();

 private:
  void account_for_each();
  void take_match(std::size_t entry, const Match& match, const NamedErrors& named);
  void take_elimination(const NamedErrors& named, std::span<const std::size_t> missing);
  void take_failure(Failure failure);
  void isolate();
  bool isolate_named(const NamedErrors& named);
  void refuse_single(const NamedErrors& named);
  void set_all(FateKind kind);
  void stop_for_property(const AnsweredProblem& problem);

  const Answer& answer_;
  const BatchAnswer& body_;
  Sent sent_;
  WriteMode mode_;
  Verdict verdict_;
};

void Classifier::set_all(FateKind kind) {
  for (Fate& fate : verdict_.fates) {
    fate = Fate();
    fate.kind = kind;
  }
}

void Classifier::take_match(std::size_t entry, const Match& match, const NamedErrors& named) {
  Fate& fate = verdict_.fates[entry];
  const bool refused = named.names(entry);
  if (match.kind == Match::Kind::result) {
    take_result(fate, *match.result, body_, mode_);
    // A record without its id is only half an answer where a look-up can give the rest.
    if (fate.id.empty() && !sent_[entry]->key.empty()) fate.kind = FateKind::in_doubt;
  } else if (match.kind == Match::Kind::unnamed) {
    fate = fate_of_unnamed(mode_);
  }
  if (!refused || match.kind == Match::Kind::ambiguous) return;
  Fate by_errors = fate_by_errors(named.of_entry[entry], answer_);
  fate = match.kind == Match::Kind::none
             ? std::move(by_errors)
             : fate_of_contradiction(*sent_[entry], fate, std::move(by_errors));
}

/// Errors that name nobody concern the one record that nothing else accounts for.
void Classifier::take_elimination(const NamedErrors& named, std::span<const std::size_t> missing) {
  if (named.nameless.empty() || missing.size() != 1 || verdict_.strangers > 0) return;
  verdict_.fates[missing.front()] = fate_by_errors(named.nameless, answer_);
}

void Classifier::account_for_each() {
  const NamedErrors named = name_errors(body_.errors, sent_, mode_);
  std::vector<bool> refused(sent_.size());
  for (std::size_t i = 0; i < sent_.size(); ++i) refused[i] = named.names(i);
  const Pairing pairing = pair_results(body_.results, sent_, refused);
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < sent_.size(); ++i) {
    take_match(i, pairing.matches[i], named);
    if (pairing.matches[i].kind == Match::Kind::none && !refused[i]) missing.push_back(i);
  }
  verdict_.strangers = pairing.strangers;
  take_elimination(named, missing);
}

void Classifier::stop_for_property(const AnsweredProblem& problem) {
  set_all(FateKind::not_done);
  verdict_.reaction = Reaction::stop;
  verdict_.stop_kind = StopKind::unusable;
  verdict_.stop_text = "HubSpot refuses property \"" + problem.property +
                       "\" in every record: " + problem.message +
                       ". Create it in HubSpot, or mend its line in [properties].";
}

/// One record alone is the one that the error is about.
void Classifier::refuse_single(const NamedErrors& named) {
  std::vector<const AnsweredError*> errors = named.of_entry.front();
  if (body_.whole) errors.insert(errors.begin(), &*body_.whole);
  if (errors.empty()) errors = named.nameless;
  Fate& fate = verdict_.fates.front();
  if (!errors.empty()) {
    fate = fate_by_errors(errors, answer_);
  } else {
    fate.kind = FateKind::refused;
    fate.refusal = verdict_.whole;
  }
  verdict_.reaction = Reaction::none;
}

/// Takes out who is named. An error that names all of them tells none apart, so that the batch is
/// to be split.
bool Classifier::isolate_named(const NamedErrors& named) {
  bool all = true;
  for (const auto& errors : named.of_entry) all = all && !errors.empty();
  const auto first = named.of_entry.front().empty() ? nullptr : named.of_entry.front().front();
  const auto shared = [&](const auto& errors) {
    return !errors.empty() && errors.front() == first;
  };
  if (all && std::all_of(named.of_entry.begin(), named.of_entry.end(), shared)) return false;
  for (std::size_t i = 0; i < sent_.size(); ++i) {
    if (named.names(i)) verdict_.fates[i] = fate_by_errors(named.of_entry[i], answer_);
  }
  return all;
}

/// A whole batch was refused: by the contract nothing of it is written (§2.1). Where that is not so
/// (§7), a record that is sent again meets its own unique value, and settling tells whose it is.
void Classifier::isolate() {
  if (const AnsweredProblem* const problem = unusable_property_of_all(body_, sent_)) {
    return stop_for_property(*problem);
  }
  NamedErrors named = name_errors(body_.errors, sent_, mode_);
  if (sent_.size() == 1) return refuse_single(named);
  if (body_.whole) {
    const std::span<const AnsweredError> whole(&*body_.whole, 1);
    const NamedErrors by_whole = name_errors(whole, sent_, mode_);
    for (std::size_t i = 0; i < sent_.size(); ++i) {
      if (!named.names(i)) named.of_entry[i] = by_whole.of_entry[i];
    }
  }
  if (isolate_named(named)) verdict_.reaction = Reaction::none;
}

void Classifier::take_failure(Failure failure) {
  set_all(failure.fate);
  verdict_.take(std::move(failure));
  if (verdict_.reaction == Reaction::isolate && !sent_.empty()) isolate();
}

Verdict Classifier::classify() {
  if (!is_success(answer_)) {
    take_failure(classify_failure(answer_, body_));
    return std::move(verdict_);
  }
  account_for_each();
  const bool all_refused =
      std::all_of(verdict_.fates.begin(), verdict_.fates.end(),
                  [](const Fate& fate) { return fate.kind == FateKind::refused; });
  if (!all_refused) return std::move(verdict_);
  if (const AnsweredProblem* const problem = unusable_property_of_all(body_, sent_)) {
    stop_for_property(*problem);
  }
  return std::move(verdict_);
}

}  // namespace

Verdict classify_write(const Answer& answer, const BatchAnswer& body,
                       std::span<const BatchEntry* const> sent, WriteMode mode) {
  return Classifier(answer, body, sent, mode).classify();
}

}  // namespace payferry

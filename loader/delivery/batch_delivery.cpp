#include "loader/delivery/batch_delivery.hpp"

#include <algorithm>
#include <utility>

#include "loader/delivery/interruption.hpp"
#include "loader/run/disk_failure.hpp"
#include "model/association_json.hpp"
#include "model/classify_call.hpp"
#include "model/request_body.hpp"
#include "model/shown_value.hpp"

namespace payferry {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// How long HubSpot gets to finish what it answered with an error (contract §6).
constexpr SteadyDuration kSettleAfterAnswer = 2s;

bool surely_unwritten(const Verdict& verdict) {
  return std::none_of(verdict.fates.begin(), verdict.fates.end(), [](const Fate& fate) {
    return fate.kind == FateKind::created || fate.kind == FateKind::updated ||
           fate.kind == FateKind::in_doubt;
  });
}

bool has_doubt(const Verdict& verdict) {
  return std::any_of(verdict.fates.begin(), verdict.fates.end(),
                     [](const Fate& fate) { return fate.kind == FateKind::in_doubt; });
}

/// All of the batch's entries, in their order.
bool is_whole(std::span<const BatchEntry* const> sent, const Batch& batch) {
  if (sent.size() != batch.entries().size()) return false;
  for (std::size_t place = 0; place < sent.size(); ++place) {
    if (sent[place] != &batch.entries()[place]) return false;
  }
  return true;
}

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

}  // namespace

BatchDelivery::BatchDelivery(DeliveryContext& context, Batch batch, AssociationTargets::Claim claim)
    : context_(context),
      batch_(std::move(batch)),
      claim_(std::move(claim)),
      progress_(batch_, context.progress_options()),
      associating_(context.associations),
      retries_(context) {
  for (std::size_t entry = 0; entry < batch_.entries().size(); ++entry) {
    const auto& sent_before = progress_.first_sent(entry);
    if (!sent_before) continue;
    attempt_ = std::max(attempt_, progress_.attempts(entry));
    look_up_not_before_ = std::max(look_up_not_before_, context_.settled_by(*sent_before));
  }
}

BatchDelivery::~BatchDelivery() {
  set_ready(false);
  --context_.deliveries;
  context_.keys_in_flight.leave(batch_);
  context_.changed.notify_all();
}

asio::awaitable<void> deliver(DeliveryContext& context, Batch batch,
                              AssociationTargets::Claim claim) {
  BatchDelivery delivery(context, std::move(batch), std::move(claim));
  try {
    co_await delivery.run();
  } catch (const DiskFailure& error) {
    context.stop.request(StopReason::disk, error.what());
    throw;
  }
}

asio::awaitable<void> BatchDelivery::run() {
  co_await open_to_interruption();
  co_await targets_known();
  co_await context_.keys_in_flight.turn_of(batch_);
  take_targets();
  context_.log.record_outcomes(batch_, progress_.initial_outcomes());
  for (Step step = progress_.next(); step.kind != BatchProgress::StepKind::finished;
       step = progress_.next()) {
    co_await carry_out(std::move(step));
    while (!context_.stop.requested()) {
      auto associations = associating_.next();
      if (!associations) break;
      co_await associate(*std::move(associations));
    }
    if (context_.stop.requested()) co_return;
    co_await open_to_interruption();
  }
  co_await shielded_from_interruption();
  co_await context_.log.close_batch(batch_.number());
}

asio::awaitable<void> BatchDelivery::carry_out(Step step) {
  if (step.kind == BatchProgress::StepKind::send) {
    co_await send(std::move(step));
  } else {
    co_await look_up(std::move(step));
  }
}

/// What it is to be associated with is looked up while other batches have their turns.
asio::awaitable<void> BatchDelivery::targets_known() {
  if (claim_.is_known()) co_return;
  set_ready(false);
  co_await context_.targets.known(claim_);
  set_ready(true);
}

void BatchDelivery::set_ready(bool ready) {
  if (is_ready_ == ready) return;
  is_ready_ = ready;
  ready ? ++context_.ready : --context_.ready;
  context_.changed.notify_all();
}

/// Nothing once admission is closed.
asio::awaitable<std::optional<Permit>> BatchDelivery::admit(RequestKind kind,
                                                            SteadyPoint not_before) {
  not_before = std::max(not_before, retries_.not_before());
  if (not_before > context_.time.now()) {
    set_ready(false);
    co_await context_.time.sleep_until(not_before);
  }
  set_ready(true);
  std::optional<Permit> permit = co_await retries_.admit(kind);
  set_ready(false);
  co_return permit;
}

asio::awaitable<void> BatchDelivery::send(Step step) {
  std::optional<Permit> permit = co_await admit(RequestKind::write, SteadyPoint());
  if (!permit) co_return;
  co_await shielded_from_interruption();
  ++attempt_;
  if (attempt_ > 1) ++context_.log.counters().retries;
  co_await context_.log.record_send(batch_, step.entries, attempt_);

  const std::vector<const BatchEntry*> sent = entries_of(step);
  const bool upsert = context_.settings.mapping.write == WriteMode::upsert;
  const ApiCall call(upsert ? Endpoint::batch_upsert : Endpoint::batch_create, write_body(sent));
  ++context_.log.counters().requests;
  context_.events.sending(batch_.number(), attempt_, step.entries.size());
  const Answer answer = co_await context_.api.call(call, *permit);

  const BatchAnswer body = decode_batch_answer(answer.body, context_.answer_interest());
  Verdict verdict = classify_write(answer, body, sent, context_.settings.mapping.write);
  retries_.answered(*permit, answer, verdict);
  observe_clock(answer, body);
  context_.log.record_answer(batch_, attempt_, answer, surely_unwritten(verdict));

  take_credit_for_upserts(step, verdict);
  if (has_doubt(verdict)) settle_after(answer);
  tell_sent(step, verdict, answer);
  auto outcomes = progress_.take_verdict(step, std::move(verdict), answer);
  context_.log.record_outcomes(batch_, associating_.hold(std::move(outcomes)));
}

asio::awaitable<void> BatchDelivery::look_up(Step step) {
  std::optional<Permit> permit = co_await admit(RequestKind::read, look_up_not_before_);
  if (!permit) co_return;
  co_await shielded_from_interruption();
  const std::vector<std::string_view> keys = write_look_up_body(step);
  const ApiCall call(Endpoint::batch_read, body_);
  ++context_.log.counters().requests;
  const Answer answer = co_await context_.api.call(call, *permit);

  const BatchAnswer body = decode_batch_answer(answer.body, context_.answer_interest());
  const ReadVerdict verdict = classify_read(answer, body, keys, ReadBy::key);
  retries_.answered(*permit, answer, verdict);
  observe_clock(answer, body);
  tell_looked_up(step, verdict, answer);
  if (verdict.reaction != Reaction::none) {
    refuse_look_up(std::move(step), verdict);
    co_return;
  }
  if (verdict.ask_in_halves) {
    progress_.ask_in_halves(std::move(step));
    co_return;
  }
  std::vector<LookUpResult> results = judge(step, verdict);
  co_await judge_unclear(step, results);
  context_.log.record_outcomes(batch_, progress_.take_look_up(step, results, answer.status));
  // What is to be looked up once more has not had the time to appear (contract §6).
  look_up_not_before_ = context_.time.now() + kSettleAfterAnswer;
}

/// The second call that an upsert needs (contract §1.5). Made again it does nothing new, so that it
/// needs no note of its intent.
asio::awaitable<void> BatchDelivery::associate(AssociationProgress::Step step) {
  co_await open_to_interruption();
  std::optional<Permit> permit = co_await admit(RequestKind::association, SteadyPoint());
  if (!permit) co_return;
  co_await shielded_from_interruption();
  const std::vector<AssociationInput> inputs = associating_.inputs(step);
  body_.clear();
  append_associate_body(body_, inputs);
  ApiCall call(Endpoint::associate_batch, body_);
  call.to_object = step.to_object;
  ++context_.log.counters().requests;
  const Answer answer = co_await context_.api.call(call, *permit);

  const BatchAnswer body = decode_batch_answer(answer.body, AnswerInterest());
  const CallVerdict verdict = classify_associate(answer, body, inputs);
  retries_.answered(*permit, answer, verdict);
  context_.log.record_outcomes(batch_, associating_.take_verdict(step, verdict));
}

std::vector<std::string_view> BatchDelivery::write_look_up_body(const Step& step) {
  std::vector<std::string_view> keys;
  for (const std::size_t entry : step.entries) keys.push_back(batch_.entries()[entry].key);
  const MappingRules& mapping = context_.settings.mapping;
  std::vector<std::string_view> properties{mapping.id_property, "hs_createdate"};
  if (!mapping.run_property.empty()) properties.push_back(mapping.run_property);
  body_.clear();
  append_read_body(body_, keys, mapping.id_property, properties);
  return keys;
}

/// A read that is refused whole for one of its keys is asked for in halves; refused for one key
/// alone, it cannot be answered at all.
void BatchDelivery::refuse_look_up(Step step, const ReadVerdict& verdict) {
  if (verdict.reaction != Reaction::isolate) {
    progress_.put_back(std::move(step));
  } else if (step.entries.size() > 1) {
    progress_.ask_in_halves(std::move(step));
  } else {
    progress_.put_back(std::move(step));
    context_.stop.request(
        StopReason::unusable,
        "HubSpot refuses to look up a record that may have been created: " + verdict.whole.message);
  }
}

std::vector<LookUpResult> BatchDelivery::judge(const Step& step, const ReadVerdict& verdict) {
  std::vector<LookUpResult> results(step.entries.size());
  for (std::size_t place = 0; place < results.size(); ++place) {
    const LookUp& told = verdict.look_ups[place];
    LookUpResult& result = results[place];
    if (told.kind == LookUp::Kind::missing) result.kind = LookUpResult::Kind::missing;
    if (told.kind != LookUp::Kind::found) continue;
    result.kind = LookUpResult::Kind::found;
    result.record.id = told.record->id;
    result.record.created_at = told.record->created_at;
    result.record.run = told.record->run;
    result.origin = judge_origin(result.record, progress_.first_sent(step.entries[place]),
                                 context_.run, context_.clock, batch_.keys_complete());
    ++context_.log.counters().reconciled;
  }
  return results;
}

/// What may come from another row of the source, the results log tells.
asio::awaitable<void> BatchDelivery::judge_unclear(const Step& step,
                                                   std::vector<LookUpResult>& results) {
  std::vector<std::string> ids;
  std::vector<LookUpResult*> unclear;
  for (std::size_t place = 0; place < step.entries.size(); ++place) {
    LookUpResult& result = results[place];
    if (result.origin != Origin::unclear && result.origin != Origin::other_row) continue;
    ids.push_back(result.record.id);
    unclear.push_back(&result);
  }
  if (ids.empty()) co_return;
  const std::vector<RecordNumber> creators = co_await context_.log.find_creators(std::move(ids));
  for (std::size_t place = 0; place < unclear.size(); ++place) {
    LookUpResult& result = *unclear[place];
    const bool known = creators[place] != RecordNumber();
    if (known) result.first_record = creators[place];
    if (result.origin == Origin::unclear)
      result.origin = known ? Origin::other_row : Origin::before;
  }
}

std::vector<const BatchEntry*> BatchDelivery::entries_of(const Step& step) const {
  std::vector<const BatchEntry*> entries;
  entries.reserve(step.entries.size());
  for (const std::size_t entry : step.entries) entries.push_back(&batch_.entries()[entry]);
  return entries;
}

/// Nearly always all of the batch at once, whose body stands ready.
std::string_view BatchDelivery::write_body(std::span<const BatchEntry* const> sent) {
  const auto whole = batch_.body();
  if (whole && is_whole(sent, batch_)) return *whole;
  body_.clear();
  append_write_body(body_, sent);
  return body_;
}

/// From here on the batch knows by itself what its records are to be associated with.
void BatchDelivery::take_targets() {
  const std::vector<AssociationTarget>& targets = batch_.targets();
  for (std::size_t place = 0; place < targets.size(); ++place)
    take_target(targets[place], claim_.at(place));
  claim_.release();
}

void BatchDelivery::take_target(const AssociationTarget& target, const LookedUpTarget* looked_up) {
  const AssociationRule& rule = context_.associations[target.rule];
  const bool is_missing = looked_up && looked_up->state == LookedUpTarget::State::missing;
  const std::string_view id = looked_up ? std::string_view(looked_up->id) : target.value;
  if (is_missing && rule.missing == MissingAssociation::reject) {
    progress_.must_not_be_sent(target.entry, not_found(rule, target.value, looked_up->refusal));
  } else if (is_missing) {
    progress_.lacks_association(target.entry, not_found(rule, target.value, looked_up->refusal));
  } else if (context_.settings.mapping.write == WriteMode::upsert) {
    associating_.add(target.entry, target.rule, std::string(id));
  } else {
    std::string elements(batch_.entries()[target.entry].associations);
    append_association(elements, rule, id);
    batch_.set_associations(target.entry, elements);
  }
}

void BatchDelivery::observe_clock(const Answer& answer, const BatchAnswer& body) {
  if (answer.reach != Reach::answered) return;
  if (answer.date) context_.clock.observe(answer.sent_at, answer.received_at, *answer.date);
  if (body.well_formed && body.started_at && body.completed_at) {
    context_.clock.observe_body(answer.sent_at, answer.received_at, *body.started_at,
                                *body.completed_at);
  }
}

/// An upsert tried again finds what its first try made: that is this run's creation after all.
void BatchDelivery::take_credit_for_upserts(const Step& step, Verdict& verdict) const {
  for (std::size_t place = 0; place < step.entries.size(); ++place) {
    Fate& fate = verdict.fates[place];
    const auto& first_sent = progress_.first_sent(step.entries[place]);
    if (fate.kind != FateKind::updated || !first_sent) continue;
    FoundRecord found;
    found.id = fate.id;
    found.created_at = fate.created_at;
    found.run = fate.run;
    const Origin origin =
        judge_origin(found, first_sent, context_.run, context_.clock, batch_.keys_complete());
    if (origin == Origin::this_record) fate.kind = FateKind::created;
  }
}

/// A request that was cut may still be running at HubSpot until its own limit; one that was
/// answered is as good as over (contract §6).
void BatchDelivery::settle_after(const Answer& answer) {
  const SteadyPoint cut = context_.settled_by(answer.sent_at);
  const SteadyPoint answered =
      context_.time.now() +
      context_.settings.retry.settle_after.value_or(
          std::chrono::duration_cast<std::chrono::milliseconds>(kSettleAfterAnswer));
  const SteadyPoint settled = answer.reach == Reach::sent_unanswered ? cut : answered;
  look_up_not_before_ = std::max(look_up_not_before_, settled);
}

template <class SomeVerdict>
RequestEnd BatchDelivery::request_end(const Step& step, const SomeVerdict& verdict,
                                      const Answer& answer) const {
  RequestEnd end{
      batch_.number(), 0, step.entries.size(), answer, verdict.reaction, verdict.throttle,
      verdict.whole};
  end.probe = retries_.was_probe();
  end.pause = std::max(retries_.not_before(), look_up_not_before_) - context_.time.now();
  return end;
}

void BatchDelivery::tell_sent(const Step& step, const Verdict& verdict, const Answer& answer) {
  RequestEnd end = request_end(step, verdict, answer);
  end.attempt = attempt_;
  for (const Fate& fate : verdict.fates)
    if (fate.kind == FateKind::in_doubt) ++end.in_doubt;
  context_.events.ended(end);
}

void BatchDelivery::tell_looked_up(const Step& step, const ReadVerdict& verdict,
                                   const Answer& answer) {
  RequestEnd end = request_end(step, verdict, answer);
  for (const LookUp& told : verdict.look_ups) {
    if (told.kind == LookUp::Kind::found) ++end.found;
    if (told.kind == LookUp::Kind::missing) ++end.missing;
  }
  context_.events.ended(end);
}

}  // namespace payferry

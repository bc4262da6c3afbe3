#include "loader/delivery/batch_delivery.hpp"

#include <algorithm>
#include <utility>

#include "loader/delivery/batch_targets.hpp"
#include "loader/delivery/interruption.hpp"
#include "loader/run/disk_failure.hpp"
#include "model/classify_call.hpp"
#include "model/counted.hpp"
#include "model/request_body.hpp"
#include "net/backoff.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

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

std::uint64_t count_found(std::span<const LookUpResult> results) {
  return static_cast<std::uint64_t>(std::count_if(
      results.begin(), results.end(),
      [](const LookUpResult& result) { return result.kind == LookUpResult::Kind::found; }));
}

/// Counts one more for as long as it lives.
class Held {
 public:
  explicit Held(std::size_t& count) : count_(count) { ++count_; }
  ~Held() { --count_; }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

 private:
  std::size_t& count_;
};

/// All of the batch's entries, in their order.
bool is_whole(std::span<const BatchEntry* const> sent, const Batch& batch) {
  if (sent.size() != batch.entries().size()) return false;
  for (std::size_t place = 0; place < sent.size(); ++place) {
    if (sent[place] != &batch.entries()[place]) return false;
  }
  return true;
}

}  // namespace

BatchDelivery::BatchDelivery(DeliveryContext& context, Batch batch, AssociationTargets::Claim claim)
    : context_(context),
      batch_(std::move(batch)),
      claim_(std::move(claim)),
      progress_(batch_, context.progress_options()),
      settling_(context, batch_, progress_),
      associating_(context.associations),
      retries_(context) {
  for (std::size_t entry = 0; entry < batch_.entries().size(); ++entry) {
    if (progress_.sent(entry)) attempt_ = std::max(attempt_, progress_.attempts(entry));
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
  co_await turn_of_keys();
  take_targets(context_, claim_, batch_, progress_, associating_);
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

/// Nor does it keep others from their turns while it waits for its own.
asio::awaitable<void> BatchDelivery::turn_of_keys() {
  if (context_.keys_in_flight.is_turn_of(batch_)) co_return;
  set_ready(false);
  co_await context_.keys_in_flight.turn_of(batch_);
  set_ready(true);
}

void BatchDelivery::set_ready(bool ready) {
  if (is_ready_ == ready) return;
  is_ready_ = ready;
  ready ? ++context_.ready : --context_.ready;
  context_.changed.notify_all();
}

/// Nothing once admission is closed.
asio::awaitable<std::optional<Permit>> BatchDelivery::admit(RequestKind kind, Wait wait) {
  if (retries_.not_before() > wait.until) wait = Wait{retries_.not_before(), WaitReason::retry};
  if (wait.until > context_.time.now()) co_await sit_out(wait);
  set_ready(true);
  std::optional<Permit> permit = co_await retries_.admit(kind);
  set_ready(false);
  co_return permit;
}

asio::awaitable<void> BatchDelivery::sit_out(Wait wait) {
  set_ready(false);
  if (!wait.is_told)
    context_.events.waits(batch_.number(), wait.until - context_.time.now(), wait.reason);
  std::optional<Held> by_keys;
  if (wait.reason == WaitReason::same_keys) by_keys.emplace(context_.held_by_keys);
  co_await context_.time.sleep_until(wait.until);
}

asio::awaitable<void> BatchDelivery::send(Step step) {
  const std::vector<const BatchEntry*> sent = entries_of(step);
  const Wait wait = wait_before_send(step, sent);
  std::optional<Permit> permit = co_await admit(RequestKind::write, wait);
  if (!permit) co_return;
  co_await shielded_from_interruption();
  ++attempt_;
  if (attempt_ > 1) ++context_.log.counters().retries;
  const auto by_hubspots_clock = context_.clock.span_at(context_.time.continuous_now());
  co_await context_.log.record_send(batch_, step.entries, attempt_, by_hubspots_clock);

  const bool upsert = context_.settings.mapping.write == WriteMode::upsert;
  const ApiCall call(upsert ? Endpoint::batch_upsert : Endpoint::batch_create, write_body(sent));
  ++context_.log.counters().requests;
  context_.events.sending(batch_.number(), attempt_, step.entries.size());
  const Answer answer = co_await context_.api.call(call, *permit);
  last_write_ended_ = context_.time.now();

  const BatchAnswer body = decode_batch_answer(answer.body, context_.answer_interest());
  Verdict verdict = classify_write(answer, body, sent, context_.settings.mapping.write);
  retries_.answered(*permit, answer, verdict);
  context_.clock.observe(answer, body);
  context_.log.record_answer(batch_, attempt_, answer, surely_unwritten(verdict));

  take_credit_for_upserts(step, verdict);
  if (has_doubt(verdict)) settling_.wait_after_write(answer);
  tell_sent(step, verdict, answer);
  auto outcomes = progress_.take_verdict(step, std::move(verdict), answer);
  context_.log.record_outcomes(batch_, associating_.hold(std::move(outcomes)));
  if (upsert) hold_keys_in_doubt(step);
  stop_if_given_up();
}

/// What HubSpot left open is sent again later and later, whatever it was told meanwhile; a later
/// row of the same key once nothing can overwrite it any more.
auto BatchDelivery::wait_before_send(const Step& step,
                                     std::span<const BatchEntry* const> sent) const -> Wait {
  Wait for_keys{context_.keys_in_flight.free_from(sent), WaitReason::same_keys};
  for_keys.is_told = for_keys.until == context_.keys_in_flight.all_free_from();
  const std::uint32_t vain = progress_.vain_sends(step);
  if (vain == 0) return for_keys;
  const SteadyDuration delay =
      backoff(context_.settings.retry, vain, SteadyDuration::zero(), context_.random);
  const Wait to_retry{last_write_ended_ + delay, WaitReason::retry};
  return to_retry.until > for_keys.until ? to_retry : for_keys;
}

/// A record that was sent again and answered may still be written by the request before.
void BatchDelivery::hold_keys_in_doubt(const Step& step) {
  std::vector<const BatchEntry*> in_doubt;
  for (const std::size_t entry : step.entries)
    if (progress_.sent(entry)) in_doubt.push_back(&batch_.entries()[entry]);
  if (in_doubt.empty()) return;
  context_.keys_in_flight.may_be_at_work(in_doubt, settling_.not_before(), context_.time.now());
}

void BatchDelivery::stop_if_given_up() {
  if (!progress_.has_given_up()) return;
  context_.stop.request(StopReason::outage,
                        "HubSpot left open " + counted(context_.settings.retry.attempts, "time") +
                            " in a row what became of the same records, so the run was "
                            "stopped; nothing was given up");
}

asio::awaitable<void> BatchDelivery::look_up(Step step) {
  const Wait wait{settling_.not_before(), WaitReason::look_up};
  std::optional<Permit> permit = co_await admit(RequestKind::read, wait);
  if (!permit) co_return;
  co_await shielded_from_interruption();
  const std::vector<std::string_view> asked = settling_.write_look_up(step, body_);
  const ApiCall call(Endpoint::batch_read, body_);
  ++context_.log.counters().requests;
  const Answer answer = co_await context_.api.call(call, *permit);

  const BatchAnswer body = decode_batch_answer(answer.body, context_.answer_interest());
  const ReadVerdict verdict = classify_read(answer, body, asked, Settling::read_by(step));
  retries_.answered(*permit, answer, verdict);
  context_.clock.observe(answer, body);
  tell_looked_up(step, verdict, answer);
  if (verdict.reaction != Reaction::none) {
    refuse_look_up(std::move(step), verdict);
    co_return;
  }
  if (verdict.ask_in_halves) {
    progress_.ask_in_halves(std::move(step));
    co_return;
  }
  const auto results = co_await settling_.judge(step, verdict);
  if (!results) {
    progress_.put_back(std::move(step));
    co_return;
  }
  context_.log.counters().reconciled += count_found(*results);
  context_.log.record_outcomes(batch_, progress_.take_look_up(step, *results, answer.status));
  settling_.wait_after_look_up();
  stop_if_given_up();
}

/// The second call that an upsert needs (contract §1.5). Made again it does nothing new, so that it
/// needs no note of its intent.
asio::awaitable<void> BatchDelivery::associate(AssociationProgress::Step step) {
  co_await open_to_interruption();
  const Wait no_wait;
  std::optional<Permit> permit = co_await admit(RequestKind::association, no_wait);
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

/// An upsert tried again finds what its first try made: that is this run's creation after all.
void BatchDelivery::take_credit_for_upserts(const Step& step, Verdict& verdict) const {
  for (std::size_t place = 0; place < step.entries.size(); ++place) {
    Fate& fate = verdict.fates[place];
    const auto& sent = progress_.sent(step.entries[place]);
    if (fate.kind != FateKind::updated || !sent) continue;
    FoundRecord found;
    found.id = fate.id;
    found.created_at = fate.created_at;
    found.run = fate.run;
    const Origin origin =
        judge_origin(found, sent, context_.run, context_.clock, batch_.keys_complete());
    if (origin == Origin::this_record) fate.kind = FateKind::created;
  }
}

RequestEnd BatchDelivery::request_end(const Step& step, const WholeVerdict& verdict,
                                      const Answer& answer) const {
  RequestEnd end{batch_.number(), 0, step.entries.size(), answer, verdict};
  end.probe = retries_.was_probe();
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

#include "loader/delivery/target_look_up.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/delivery/interruption.hpp"
#include "loader/delivery/retries.hpp"
#include "model/batch_answer.hpp"
#include "model/classify_read.hpp"
#include "model/failure.hpp"
#include "model/request_body.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

using Values = std::vector<std::string_view>;

/// So often a value is asked for alone before it is believed that HubSpot does not have it, where
/// its answers do not even say that.
constexpr std::uint32_t kSilentAnswers = 4;

struct Question {
  explicit Question(Values the_values) : values(std::move(the_values)) {}

  Values values;
  std::uint32_t silent_answers = 0;
};

/// What is asked for alone and comes back under another name is what was asked for: a contact is
/// found by an email that is not its first one, too.
bool is_found_by_another_name(const Answer& answer, const BatchAnswer& body, const Values& values) {
  return values.size() == 1 && is_success(answer) && body.errors.empty() &&
         body.results.size() == 1 && !body.results.front().id.empty();
}

/// What an answer for several leaves out may have come under another name, or be lost: nothing
/// would ever find it again, as a second create finds a record that was overlooked.
void doubt_silence(ReadVerdict& verdict) {
  for (LookUp& look_up : verdict.look_ups) {
    if (!look_up.by_silence) continue;
    look_up = LookUp();
    verdict.ask_in_halves = true;
  }
}

ReadVerdict classify(const Answer& answer, const BatchAnswer& body, const Values& values) {
  ReadVerdict verdict = classify_read(answer, body, values, ReadBy::key);
  if (values.size() > 1) doubt_silence(verdict);
  LookUp& first = verdict.look_ups.front();
  if (first.kind != LookUp::Kind::found && is_found_by_another_name(answer, body, values)) {
    verdict.reaction = Reaction::none;
    first = {LookUp::Kind::found, &body.results.front()};
  }
  return verdict;
}

class TargetLookUp {
 public:
  TargetLookUp(DeliveryContext& context, std::size_t kind)
      : context_(context), kind_(kind), retries_(context) {}

  asio::awaitable<void> run();

 private:
  asio::awaitable<void> ask(Question question, Permit& permit);
  void take();
  void take_answer(Question question, const ReadVerdict& verdict);
  bool tell(std::string_view value, const LookUp& told);
  void ask_again(Question question, const ReadVerdict& verdict);
  void ask_in_halves(Values values);

  DeliveryContext& context_;
  std::size_t kind_;
  Retries retries_;
  std::string body_;
  bool has_taken_ = false;
  std::vector<Question> to_ask_;  ///< a stack: one request each
};

asio::awaitable<void> TargetLookUp::run() {
  for (;;) {
    co_await open_to_interruption();
    std::optional<Permit> permit = co_await retries_.admit(RequestKind::read);
    if (!permit) co_return;
    if (!has_taken_) take();
    if (to_ask_.empty()) co_return;
    Question question = std::move(to_ask_.back());
    to_ask_.pop_back();
    co_await shielded_from_interruption();
    co_await ask(std::move(question), *permit);
    if (to_ask_.empty() || context_.stop.requested()) co_return;
  }
}

/// Only now that it is sent at once: what was wanted since it was begun goes along.
void TargetLookUp::take() {
  has_taken_ = true;
  Values values = context_.targets.take(kind_);
  if (!values.empty()) to_ask_.emplace_back(std::move(values));
  context_.changed.notify_all();
}

asio::awaitable<void> TargetLookUp::ask(Question question, Permit& permit) {
  const AssociationTargets::Kind& kind = context_.targets.kind(kind_);
  const std::string_view property = kind.property;
  body_.clear();
  append_read_body(body_, question.values, property, std::span(&property, 1));
  ApiCall call(Endpoint::batch_read, body_);
  call.object = kind.object;
  ++context_.log.counters().requests;
  const Answer answer = co_await context_.api.call(call, permit);

  AnswerInterest interest;
  interest.id_property = property;
  const BatchAnswer body = decode_batch_answer(answer.body, interest);
  const ReadVerdict verdict = classify(answer, body, question.values);
  retries_.answered(permit, answer, verdict);
  take_answer(std::move(question), verdict);
}

void TargetLookUp::take_answer(Question question, const ReadVerdict& verdict) {
  const bool alone = question.values.size() == 1;
  if (alone && verdict.look_ups.front().by_silence && ++question.silent_answers < kSilentAnswers) {
    to_ask_.push_back(std::move(question));
    return;
  }
  Values untold;
  for (std::size_t place = 0; place < question.values.size(); ++place) {
    if (!tell(question.values[place], verdict.look_ups[place]))
      untold.push_back(question.values[place]);
  }
  question.values = std::move(untold);
  if (!question.values.empty()) ask_again(std::move(question), verdict);
}

/// False where the answer does not tell of it.
bool TargetLookUp::tell(std::string_view value, const LookUp& told) {
  switch (told.kind) {
    case LookUp::Kind::found:
      context_.targets.tell_found(kind_, value, std::string(told.record->id));
      return true;
    case LookUp::Kind::missing:
      context_.targets.tell_missing(kind_, value);
      return true;
    case LookUp::Kind::not_told:
      break;
  }
  return false;
}

/// A value that is refused when it is asked for alone is no value of any record.
void TargetLookUp::ask_again(Question question, const ReadVerdict& verdict) {
  const bool is_refused = verdict.reaction == Reaction::isolate;
  if (is_refused && question.values.size() == 1) {
    context_.targets.tell_missing(kind_, question.values.front(), verdict.whole.message);
  } else if (is_refused || verdict.ask_in_halves) {
    ask_in_halves(std::move(question.values));
  } else {
    to_ask_.push_back(std::move(question));
  }
}

void TargetLookUp::ask_in_halves(Values values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() + 1) / 2);
  Values rest(middle, values.end());
  values.erase(middle, values.end());
  if (!rest.empty()) to_ask_.emplace_back(std::move(rest));
  to_ask_.emplace_back(std::move(values));
}

}  // namespace

asio::awaitable<void> look_up_targets(DeliveryContext& context, std::size_t kind) {
  TargetLookUp look_up(context, kind);
  co_await look_up.run();
}

}  // namespace payferry

#include "model/classify_call.hpp"

#include <algorithm>
#include <functional>

#include "model/error_kind.hpp"
#include "model/failure.hpp"

namespace payferry {

namespace {

/// Whether an id that an error names is one of the input's.
using HasId = std::function<bool(std::size_t input, std::string_view id)>;

class CallClassifier {
 public:
  CallClassifier(const Answer& answer, const BatchAnswer& body, std::size_t inputs, HasId has_id)
      : answer_(answer), body_(body), has_id_(std::move(has_id)) {
    verdict_.fates.resize(inputs, InputFate::not_told);
    verdict_.refusals.resize(inputs);
  }

  /// What HubSpot does not have counts as done.
  void set_absent_is_done() { absent_is_done_ = true; }
  /// `proven`: the answer shows that something was done.
  CallVerdict classify(bool proven);

 private:
  void take_failure();
  void take_absent();
  bool take_error(const AnsweredError& error);
  void settle(std::size_t input, const AnsweredError& error);
  void refuse(std::size_t input, Refusal refusal);
  void finish_rest(bool proven, bool all_named);

  const Answer& answer_;
  const BatchAnswer& body_;
  HasId has_id_;
  bool absent_is_done_ = false;
  CallVerdict verdict_;
};

void CallClassifier::settle(std::size_t input, const AnsweredError& error) {
  if (absent_is_done_ && is_not_found(error)) {
    verdict_.fates[input] = InputFate::done;
  } else {
    refuse(input, to_refusal(error, answer_));
  }
}

void CallClassifier::refuse(std::size_t input, Refusal refusal) {
  verdict_.fates[input] = InputFate::refused;
  verdict_.refusals[input] = std::move(refusal);
}

/// True where the error names an input. What the server is at fault for stays untold.
bool CallClassifier::take_error(const AnsweredError& error) {
  if (is_server_fault(error) || is_rate_limit(error)) return false;
  bool named = false;
  for (std::size_t input = 0; input < verdict_.fates.size(); ++input) {
    const auto is_this = [&](const std::string& id) { return has_id_(input, id); };
    if (std::none_of(error.ids.begin(), error.ids.end(), is_this)) continue;
    named = true;
    settle(input, error);
  }
  return named;
}

void CallClassifier::finish_rest(bool proven, bool all_named) {
  bool untold = false;
  for (InputFate& fate : verdict_.fates) {
    if (fate != InputFate::not_told) continue;
    if (proven && all_named) fate = InputFate::done;
    untold = untold || fate == InputFate::not_told;
  }
  if (!untold) return;
  if (!all_named && verdict_.fates.size() == 1 && !is_server_fault(body_.errors.front()) &&
      !is_rate_limit(body_.errors.front())) {
    return settle(0, body_.errors.front());
  }
  verdict_.send_in_halves = !all_named && verdict_.fates.size() > 1;
  if (verdict_.send_in_halves) return;
  verdict_.reaction = Reaction::retry;
  verdict_.whole.message = "HubSpot's answer says nothing of what was sent";
}

void CallClassifier::take_failure() {
  verdict_.take(classify_failure(answer_, body_));
  if (verdict_.reaction != Reaction::isolate) return;
  verdict_.reaction = Reaction::none;
  verdict_.send_in_halves = verdict_.fates.size() > 1;
  if (verdict_.fates.size() == 1) refuse(0, verdict_.whole);
}

/// A 404 that tells of records, not of an endpoint that is not there.
void CallClassifier::take_absent() {
  const bool named = take_error(*body_.whole);
  if (!named && verdict_.fates.size() == 1) settle(0, *body_.whole);
  verdict_.send_in_halves = !named && verdict_.fates.size() > 1;
}

CallVerdict CallClassifier::classify(bool proven) {
  if (absent_is_done_ && answer_.status == 404 && body_.whole && is_not_found(*body_.whole)) {
    take_absent();
    return std::move(verdict_);
  }
  if (!is_success(answer_)) {
    take_failure();
    return std::move(verdict_);
  }
  bool all_named = true;
  for (const AnsweredError& error : body_.errors) all_named = take_error(error) && all_named;
  finish_rest(proven, all_named);
  return std::move(verdict_);
}

}  // namespace

CallVerdict classify_archive(const Answer& answer, const BatchAnswer& body,
                             std::span<const std::string_view> ids) {
  const auto has_id = [ids](std::size_t input, std::string_view id) { return ids[input] == id; };
  // A 204 says nothing more; another success is believed only with a body of HubSpot's.
  const bool proven = answer.status == 204 || body.well_formed;
  CallClassifier classifier(answer, body, ids.size(), has_id);
  classifier.set_absent_is_done();
  return classifier.classify(proven);
}

CallVerdict classify_associate(const Answer& answer, const BatchAnswer& body,
                               std::span<const AssociationInput> inputs) {
  const auto has_id = [inputs](std::size_t input, std::string_view id) {
    return inputs[input].from_id == id || inputs[input].to_id == id;
  };
  return CallClassifier(answer, body, inputs.size(), has_id).classify(!body.results.empty());
}

}  // namespace payferry

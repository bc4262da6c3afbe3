#include "model/classify_read.hpp"

#include <algorithm>

#include "model/error_kind.hpp"
#include "model/failure.hpp"
#include "model/name_index.hpp"

namespace payferry {

namespace {

using Kind = LookUp::Kind;

class ReadClassifier {
 public:
  ReadClassifier(const Answer& answer, const BatchAnswer& body,
                 std::span<const std::string_view> asked, ReadBy by)
      : answer_(answer), body_(body), asked_(asked), by_(by) {
    verdict_.look_ups.resize(asked.size());
  }

  ReadVerdict classify();

 private:
  void take_results();
  void take_missing(const AnsweredError& error);
  void take_omissions();
  void take_failure();
  bool some_not_told() const;
  std::string_view name_of(const AnsweredRecord& record) const {
    return by_ == ReadBy::key ? record.key : record.id;
  }

  const Answer& answer_;
  const BatchAnswer& body_;
  std::span<const std::string_view> asked_;
  ReadBy by_;
  ReadVerdict verdict_;
};

/// By the exact name first; by the folded one where no other record or key has that.
void ReadClassifier::take_results() {
  std::vector<std::string> texts;
  texts.reserve(body_.results.size());
  NameIndex exact(body_.results.size());
  NameIndex folded(body_.results.size());
  for (std::size_t r = 0; r < body_.results.size(); ++r) {
    const std::string_view name = name_of(body_.results[r]);
    if (name.empty()) continue;
    exact.add(name, r);
    folded.add(texts.emplace_back(fold(name)), r);
  }
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    auto result = exact.find(asked_[i]);
    if (!result) result = folded.find(fold(asked_[i]));
    if (result) verdict_.look_ups[i] = {Kind::found, &body_.results[*result]};
  }
}

void ReadClassifier::take_missing(const AnsweredError& error) {
  if (!is_not_found(error)) return;
  for (const std::string& id : error.ids) {
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      LookUp& look_up = verdict_.look_ups[i];
      if (look_up.kind == Kind::not_told && fold(asked_[i]) == fold(id))
        look_up.kind = Kind::missing;
    }
  }
  // An error for one key alone need not name it.
  if (asked_.size() == 1 && verdict_.look_ups[0].kind == Kind::not_told && error.ids.empty()) {
    verdict_.look_ups[0].kind = Kind::missing;
  }
}

bool ReadClassifier::some_not_told() const {
  return std::any_of(verdict_.look_ups.begin(), verdict_.look_ups.end(),
                     [](const LookUp& look_up) { return look_up.kind == Kind::not_told; });
}

/// A whole answer without errors has every record there is; some versions tell of missing ones by
/// silence. An empty one for several keys may be the answer to nothing, though (contract §2.4).
void ReadClassifier::take_omissions() {
  const bool told = body_.has_results && body_.errors.empty() && answer_.status != 207;
  if (!told || (body_.results.empty() && asked_.size() > 1)) return;
  for (LookUp& look_up : verdict_.look_ups) {
    if (look_up.kind != Kind::not_told) continue;
    look_up.kind = Kind::missing;
    look_up.by_silence = true;
  }
}

void ReadClassifier::take_failure() {
  verdict_.take(classify_failure(answer_, body_));
  verdict_.ask_in_halves = verdict_.reaction == Reaction::isolate && asked_.size() > 1;
}

ReadVerdict ReadClassifier::classify() {
  const bool all_missing = answer_.status == 404 && body_.whole && !body_.whole->ids.empty();
  if (!is_success(answer_) && !all_missing) {
    take_failure();
    return std::move(verdict_);
  }
  take_results();
  for (const AnsweredError& error : body_.errors) take_missing(error);
  if (body_.whole) take_missing(*body_.whole);
  take_omissions();
  if (!some_not_told()) return std::move(verdict_);
  verdict_.ask_in_halves = asked_.size() > 1;
  if (asked_.size() == 1) {
    verdict_.reaction = Reaction::retry;
    verdict_.whole.message = "HubSpot's answer says nothing of what was looked up";
  }
  return std::move(verdict_);
}

}  // namespace

ReadVerdict classify_read(const Answer& answer, const BatchAnswer& body,
                          std::span<const std::string_view> asked, ReadBy by) {
  return ReadClassifier(answer, body, asked, by).classify();
}

}  // namespace payferry

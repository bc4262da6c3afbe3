#include "loader/verify/read_back.hpp"

#include <set>

namespace payferry {

ReadBack::ReadBack(const CheckBatch& batch, const RecordComparison& comparison, bool has_key)
    : batch_(batch), comparison_(comparison), findings_(batch.records.size()) {
  std::vector<std::size_t> by_id;
  std::vector<std::size_t> by_key;
  for (std::size_t record = 0; record < batch.records.size(); ++record) {
    const CheckedRecord& checked = batch.records[record];
    if (!checked.problem.empty()) {
      leave_unchecked(record, "The row is no longer a valid record: " + checked.problem);
    } else if (!checked.id.empty()) {
      by_id.push_back(record);
    } else if (has_key && !checked.key.empty()) {
      by_key.push_back(record);
    } else {
      leave_unchecked(record, "HubSpot's answer did not tell the record's id, and it has no key");
    }
  }
  add_questions(ReadBy::key, std::move(by_key));
  add_questions(ReadBy::record_id, std::move(by_id));
}

/// No question names the same record twice: two rows of an upsert may have become one record.
void ReadBack::add_questions(ReadBy by, std::vector<std::size_t> records) {
  while (!records.empty()) {
    std::vector<std::size_t> later;
    std::set<std::string_view> names;
    Question question;
    question.by = by;
    for (const std::size_t record : records) {
      const CheckedRecord& checked = batch_.records[record];
      const std::string_view name = by == ReadBy::key ? checked.key : checked.id;
      (names.insert(name).second ? question.records : later).push_back(record);
    }
    questions_.push_back(std::move(question));
    records = std::move(later);
  }
}

std::optional<ReadBack::Question> ReadBack::next() {
  if (questions_.empty()) return std::nullopt;
  std::optional<Question> question(std::move(questions_.back()));
  questions_.pop_back();
  return question;
}

std::vector<std::string_view> ReadBack::asked(const Question& question) const {
  std::vector<std::string_view> names;
  for (const std::size_t record : question.records) {
    const CheckedRecord& checked = batch_.records[record];
    names.emplace_back(question.by == ReadBy::key ? checked.key : checked.id);
  }
  return names;
}

void ReadBack::take(Question question, const ReadVerdict& verdict) {
  const bool is_refused = verdict.reaction == Reaction::isolate;
  if (is_refused && question.records.size() == 1) {
    leave_unchecked(question.records.front(),
                    "HubSpot refuses to look it up: " + verdict.whole.message);
    return;
  }
  std::vector<std::size_t> untold;
  for (std::size_t place = 0; place < question.records.size(); ++place) {
    const LookUp& look_up = verdict.look_ups[place];
    if (look_up.kind == LookUp::Kind::not_told) {
      untold.push_back(question.records[place]);
    } else {
      settle(question.records[place], look_up);
    }
  }
  ask_again(question.by, std::move(untold), is_refused || verdict.ask_in_halves);
}

void ReadBack::ask_again(ReadBy by, std::vector<std::size_t> records, bool in_halves) {
  if (records.empty()) return;
  const std::size_t parts = in_halves && records.size() > 1 ? 2 : 1;
  const auto middle = records.begin() + static_cast<std::ptrdiff_t>(records.size() / parts);
  if (parts == 2) {
    questions_.emplace_back();
    questions_.back().by = by;
    questions_.back().records.assign(middle, records.end());
    records.erase(middle, records.end());
  }
  questions_.emplace_back();
  questions_.back().by = by;
  questions_.back().records = std::move(records);
}

void ReadBack::settle(std::size_t record, const LookUp& look_up) {
  if (look_up.kind == LookUp::Kind::missing) {
    findings_[record].kind = FindingKind::gone;
    return;
  }
  const PropertyList held = read_properties(look_up.record->properties);
  const PropertyList& expected = batch_.records[record].expected;
  findings_[record] = comparison_.compare(expected, held);
  const HeldAmount amount = comparison_.amount_of(expected, held);
  held_.count_read(amount.currency, amount.amount);
}

void ReadBack::leave_unchecked(std::size_t record, std::string message) {
  findings_[record].kind = FindingKind::unchecked;
  findings_[record].message = std::move(message);
}

}  // namespace payferry

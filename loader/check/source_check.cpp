#include "loader/check/source_check.hpp"

#include <utility>

#include "model/clean_text.hpp"
#include "model/shown_value.hpp"

namespace payferry {

namespace {

std::string column_of(const MappingRules& rules, const std::string& property) {
  for (const PropertyRule& rule : rules.properties) {
    if (rule.property == property && rule.from) return *rule.from;
  }
  return {};
}

}  // namespace

SourceCheck::SourceCheck(RecordReader& reader, const MappingRules& rules, Mapping mapping,
                         ValueCheck* values, Options options, TakeProblem take_problem)
    : reader_(reader),
      mapping_(std::move(mapping)),
      values_(values),
      options_(std::move(options)),
      refuses_duplicates_(rules.write == WriteMode::create),
      id_property_(rules.id_property),
      take_problem_(std::move(take_problem)),
      id_column_(column_of(rules, rules.id_property)),
      keys_(options_.remembered_keys) {
  const std::vector<std::string>& names = reader_.columns();
  for (std::size_t at = 0; at < names.size(); ++at) columns_.emplace(names[at], at);
}

bool SourceCheck::next() {
  if (ended_) return false;
  if (!reader_.next(record_)) {
    end();
    return false;
  }
  ++facts_.records;
  input_.clear();
  mapping_.map(record_, input_, mapped_);
  if (is_invalid() || is_duplicate()) {
    count(false, false);
  } else {
    count(true, !is_unfit());
  }
  return true;
}

bool SourceCheck::is_invalid() {
  if (!mapped_.error) return false;
  ++facts_.invalid;
  for (const RecordError& error : mapping_.problems_of(record_)) report(error);
  return true;
}

bool SourceCheck::is_duplicate() {
  if (!refuses_duplicates_ || mapped_.key.empty()) return false;
  const auto first = keys_.claim(mapped_.key, record_.number);
  if (!first) return false;
  ++facts_.duplicates;
  report({"DUPLICATE_IN_SOURCE", id_property_, id_column_,
          shown_value(mapped_.key) + " is the id of record " + std::to_string(first->value()) +
              " too, and only that one is sent; take one of them out, or give it an id of its "
              "own"});
  return true;
}

bool SourceCheck::is_unfit() {
  if (values_ == nullptr) return false;
  unfit_.clear();
  values_->check(input_, unfit_);
  if (unfit_.empty()) return false;
  ++facts_.unfit;
  for (const RecordError& error : unfit_) report(error);
  return true;
}

void SourceCheck::count(bool sent, bool taken) {
  facts_.totals.count_read(mapped_.currency, mapped_.amount);
  facts_.totals.count_outcome(mapped_.currency, mapped_.amount,
                              taken ? OutcomeStatus::created : OutcomeStatus::invalid);
  ++batch_.records;
  if (sent) {
    ++batch_.sent;
    batch_.bytes += input_.size();
  }
  if (batch_.records >= options_.batch_records || batch_.bytes >= options_.batch_bytes)
    close_batch();
}

void SourceCheck::close_batch() {
  if (batch_.sent > 0) ++facts_.batches;
  batch_ = OpenBatch();
}

void SourceCheck::end() {
  ended_ = true;
  close_batch();
  facts_.all_keys_compared = keys_.is_complete();
  for (const SourceBreak& broken : reader_.breaks()) {
    if (broken.is_row) continue;
    Problem problem;
    problem.file = file_of(broken.position.input);
    problem.line = broken.position.line;
    problem.code = "INPUT_BREAKS_OFF";
    problem.message = broken.message;
    take_problem_(problem);
  }
}

void SourceCheck::report(const RecordError& error) {
  Problem problem;
  problem.record = record_.number;
  problem.file = file_of(record_.position.input);
  problem.line = record_.position.line;
  problem.code = error.code;
  problem.property = error.property;
  problem.column = error.column;
  problem.value = value_of(error);
  problem.message = error.message;
  take_problem_(problem);
}

std::string SourceCheck::value_of(const RecordError& error) const {
  const auto column = columns_.find(error.column);
  const bool has_cell = !record_.error && column != columns_.end() && !error.column.empty();
  return clean_text(masked_beginning(has_cell ? record_.cells[column->second] : record_.raw));
}

}  // namespace payferry

#include "loader/report/causes.hpp"

#include <algorithm>

#include "model/clean_text.hpp"

namespace payferry {

namespace {

constexpr std::size_t kMostKeyBytes = 80;
constexpr std::size_t kMostMessageBytes = 400;
/// More than so many with the same message tell nothing new.
constexpr std::size_t kAlikeExamples = 2;

std::string identity_of(const Outcome& outcome) {
  const Refusal& refusal = *outcome.refusal;
  std::string text(to_string(outcome.status));
  for (const std::string* part :
       {&refusal.category, &refusal.code, &refusal.property, &refusal.column}) {
    text.push_back('\0');
    text += *part;
  }
  return text;
}

Cause cause_of(const Outcome& outcome) {
  const Refusal& refusal = *outcome.refusal;
  Cause cause;
  cause.status = outcome.status;
  cause.category = clean_text(refusal.category);
  cause.code = clean_text(refusal.code);
  cause.property = clean_text(refusal.property);
  cause.column = clean_text(refusal.column);
  return cause;
}

/// What is shown comes from files: it may hold anything.
CauseExample example_of(const OutcomeLine& line) {
  CauseExample example;
  example.record = line.outcome.record;
  example.line = line.line;
  example.file = clean_text(line.file);
  example.key = clean_text(line.key, kMostKeyBytes);
  example.message = clean_text(line.outcome.refusal->message, kMostMessageBytes);
  return example;
}

void keep_example(Cause& cause, const OutcomeLine& line) {
  if (cause.examples.size() >= Causes::kMostExamples) return;
  CauseExample example = example_of(line);
  const auto is_alike = [&](const CauseExample& other) { return other.message == example.message; };
  const auto alike = std::count_if(cause.examples.begin(), cause.examples.end(), is_alike);
  if (static_cast<std::size_t>(alike) < kAlikeExamples)
    cause.examples.push_back(std::move(example));
}

}  // namespace

void Causes::add(const OutcomeLine& line) {
  const std::string identity = identity_of(line.outcome);
  auto found = causes_.find(identity);
  if (found == causes_.end()) {
    if (causes_.size() >= kMostCauses) {
      ++others_;
      return;
    }
    found = causes_.emplace(identity, cause_of(line.outcome)).first;
  }
  ++found->second.count;
  keep_example(found->second, line);
}

std::vector<Cause> Causes::by_count() const {
  std::vector<Cause> causes;
  for (const auto& [identity, cause] : causes_) causes.push_back(cause);
  std::stable_sort(causes.begin(), causes.end(),
                   [](const Cause& left, const Cause& right) { return left.count > right.count; });
  return causes;
}

}  // namespace payferry

#include "loader/check/problem_groups.hpp"

#include <algorithm>

namespace payferry {

namespace {

/// Nothing where there are enough of them.
ProblemExample* example_of(ProblemGroup& group, const std::string& message) {
  auto& examples = group.examples;
  const auto found = std::find_if(examples.begin(), examples.end(),
                                  [&](const auto& example) { return example.message == message; });
  if (found != examples.end()) return &*found;
  if (examples.size() == ProblemGroups::kMostExamples) return nullptr;
  ProblemExample& example = examples.emplace_back();
  example.message = message;
  return &example;
}

}  // namespace

ProblemGroup* ProblemGroups::group_of(const Problem& problem) {
  const Cause cause{problem.code, problem.property, problem.column};
  const auto found = groups_.find(cause);
  if (found != groups_.end()) return &found->second;
  if (groups_.size() == kMostGroups) return nullptr;
  ProblemGroup& group = groups_[cause];
  std::tie(group.code, group.property, group.column) = cause;
  return &group;
}

void ProblemGroups::add(const Problem& problem) {
  ++count_;
  ProblemGroup* const group = group_of(problem);
  if (group == nullptr) {
    ++others_;
    return;
  }
  ++group->count;
  ProblemExample* const example = example_of(*group, problem.message);
  if (example == nullptr) return;
  ++example->count;
  if (example->places.size() < kMostPlaces) example->places.push_back({problem.file, problem.line});
}

std::vector<ProblemGroup> ProblemGroups::by_count() const {
  std::vector<ProblemGroup> groups;
  groups.reserve(groups_.size());
  for (const auto& [cause, group] : groups_) groups.push_back(group);
  std::stable_sort(groups.begin(), groups.end(),
                   [](const auto& left, const auto& right) { return left.count > right.count; });
  return groups;
}

}  // namespace payferry

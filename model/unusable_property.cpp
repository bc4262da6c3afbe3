#include "model/unusable_property.hpp"

#include <algorithm>

#include "model/error_kind.hpp"
#include "model/input_view.hpp"

namespace payferry {

namespace {

bool all_carry(std::span<const BatchEntry* const> sent, const std::string& property) {
  return std::all_of(sent.begin(), sent.end(), [&](const BatchEntry* entry) {
    return find_property(open_input(entry->input).properties, property).has_value();
  });
}

}  // namespace

const AnsweredProblem* unusable_property_of_all(const BatchAnswer& body,
                                                std::span<const BatchEntry* const> sent) {
  if (sent.size() < 2) return nullptr;
  const auto search = [sent](const AnsweredError& error) -> const AnsweredProblem* {
    for (const AnsweredProblem& problem : error.problems) {
      if (problem.property.empty() || !is_unusable_property(problem)) continue;
      if (all_carry(sent, problem.property)) return &problem;
    }
    return nullptr;
  };
  if (body.whole) {
    if (const AnsweredProblem* const problem = search(*body.whole)) return problem;
  }
  for (const AnsweredError& error : body.errors) {
    if (const AnsweredProblem* const problem = search(error)) return problem;
  }
  return nullptr;
}

}  // namespace payferry

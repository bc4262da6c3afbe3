#include "config/config_error.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "model/card_number.hpp"

namespace payferry {

std::string to_string(const ConfigPlace& place) {
  if (place.line == 0) return mask_card_numbers(place.file);
  return place.file + ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
}

namespace {

auto order(const ConfigProblem& problem) {
  const bool is_override = problem.place.file.starts_with("--set ");
  return std::make_tuple(is_override, problem.place.line, problem.place.column);
}

}  // namespace

std::string ConfigProblem::to_string() const {
  const bool key_said = key.empty() || place.file == "--set " + key;
  const std::string what = (key_said ? "" : key + ": ") + message;
  return payferry::to_string(place) + ": " + mask_card_numbers(what);
}

void ConfigError::add(ConfigProblem problem) {
  if (problems_.size() < kMaxProblems) {
    problems_.push_back(std::move(problem));
  } else {
    ++left_out_;
  }
}

void ConfigError::sort_by_place() {
  std::stable_sort(problems_.begin(), problems_.end(),
                   [](const auto& left, const auto& right) { return order(left) < order(right); });
}

std::string ConfigError::to_string() const {
  std::string text;
  for (const ConfigProblem& problem : problems_) {
    if (!text.empty()) text += '\n';
    text += problem.to_string();
  }
  if (left_out_ != 0) text += "\nand " + std::to_string(left_out_) + " more";
  return text;
}

}  // namespace payferry

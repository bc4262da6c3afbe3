#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loader/check/load_forecast.hpp"
#include "loader/check/problem_groups.hpp"
#include "loader/check/source_check.hpp"
#include "model/rules_check.hpp"

namespace payferry {

/// All that a check has found out.
struct CheckFindings {
  std::vector<std::string> inputs;  ///< as named on the command line
  SourceFacts facts;
  ProblemGroups problems;
  std::string problem_file;  ///< where all of them are listed; empty without any
  bool account_asked = false;
  bool account_failed = false;  ///< it was asked, and what came of it ends every load
  std::string account_skipped;  ///< why it was not asked; one sentence
  std::vector<RuleProblem> rule_problems;
  LoadForecast forecast;

  /// The config cannot be loaded with as it is.
  bool config_refused() const;
};

/// What a person reads at the end of a check, at most 79 columns wide but for paths.
std::string check_text(const CheckFindings& findings);

}  // namespace payferry

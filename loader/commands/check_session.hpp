#pragma once

#include <string>

#include "config/settings.hpp"
#include "loader/commands/account_survey.hpp"
#include "loader/delivery/stop_signal.hpp"

namespace payferry {

/// What came of asking the account.
struct SurveyResult {
  AccountSurvey survey;
  std::string skipped;  ///< why it was not asked: there is no token; else empty
  StopReason failed = StopReason::none;
  std::string failure;  ///< one sentence, where it failed
};

/// Asks the account what a load would ask before its first write. Changes nothing there.
SurveyResult survey_online(const Settings& settings);

}  // namespace payferry

#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "loader/calls/asker.hpp"
#include "model/account.hpp"
#include "model/answer.hpp"
#include "model/property_schema.hpp"
#include "model/rules_check.hpp"
#include "net/daily_budget.hpp"

namespace payferry {

/// What is found out of the account before anything is sent, and what it means for the config.
struct AccountSurvey {
  std::optional<PropertySchema> schema;  ///< nothing: the account could not be asked
  std::vector<RuleProblem> problems;
  /// The config's, with the type ids that it leaves out.
  std::vector<AssociationRule> associations;
  std::optional<AccountDetails> details;
  RateHeaders rate;
  std::optional<DailyUsage> usage;  ///< where the headers do not tell

  /// What the account will surely not take, a line each.
  std::string refusal() const;
  /// When the account's days end; nothing where it does not tell.
  std::optional<NextMidnight> midnights() const;
};

/// Compares the config with the account: properties, association labels, currencies, the day's
/// requests. References must outlive the call. Asks the asker's `stop` to end all where it cannot
/// be done.
boost::asio::awaitable<AccountSurvey> survey_account(const Settings& settings, Asker& asker);

}  // namespace payferry

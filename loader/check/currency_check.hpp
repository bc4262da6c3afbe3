#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/currency.hpp"
#include "model/mapping_rules.hpp"
#include "model/rules_check.hpp"

namespace payferry {

/// A constant or default of the currency property that the account does not use: a doubt, since
/// HubSpot alone knows what it takes. `currencies`: the account's; empty where they are not known.
std::vector<RuleProblem> check_currencies(const MappingRules& rules,
                                          const std::vector<Currency>& currencies);

/// "EUR, GBP"
std::string shown_currencies(const std::vector<Currency>& currencies);

/// False for what is no code at all.
bool holds_currency(const std::vector<Currency>& currencies, std::string_view code);

}  // namespace payferry

#include "loader/check/currency_check.hpp"

#include <algorithm>

namespace payferry {

namespace {

std::vector<RuleProblem> check_rule(const PropertyRule& rule,
                                    const std::vector<Currency>& currencies) {
  std::vector<RuleProblem> problems;
  for (const auto& code : {rule.value, rule.default_value}) {
    if (!code || code->empty() || holds_currency(currencies, *code)) continue;
    RuleProblem& problem = problems.emplace_back();
    problem.property = rule.property;
    problem.message = "\"" + *code + "\" of property \"" + rule.property +
                      "\" is no currency of the HubSpot account (it has " +
                      shown_currencies(currencies) + "); add it there, or take one of these.";
    problem.is_doubt = true;
  }
  return problems;
}

}  // namespace

std::vector<RuleProblem> check_currencies(const MappingRules& rules,
                                          const std::vector<Currency>& currencies) {
  if (currencies.empty()) return {};
  for (const PropertyRule& rule : rules.properties) {
    if (rule.property == rules.currency_property) return check_rule(rule, currencies);
  }
  return {};
}

std::string shown_currencies(const std::vector<Currency>& currencies) {
  constexpr std::size_t kMost = 12;
  std::string codes;
  for (std::size_t at = 0; at < std::min(kMost, currencies.size()); ++at)
    codes += (at == 0 ? "" : ", ") + std::string(currencies[at].code());
  return codes + (currencies.size() > kMost ? ", …" : "");
}

bool holds_currency(const std::vector<Currency>& currencies, std::string_view code) {
  const auto currency = Currency::parse(code);
  return currency && std::find(currencies.begin(), currencies.end(), *currency) != currencies.end();
}

}  // namespace payferry

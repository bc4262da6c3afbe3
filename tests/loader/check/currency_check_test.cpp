#include "loader/check/currency_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

MappingRules with_constant(const char* code) {
  MappingRules rules;
  PropertyRule& rule = rules.properties.emplace_back();
  rule.property = "hs_currency_code";
  rule.value = code;
  return rules;
}

const std::vector<Currency> kAccount{*Currency::parse("EUR"), *Currency::parse("GBP")};

TEST(CurrencyCheck, AConstantThatTheAccountDoesNotUseIsADoubt) {
  EXPECT_THAT(check_currencies(with_constant("EUR"), kAccount), IsEmpty());
  const auto problems = check_currencies(with_constant("USD"), kAccount);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_TRUE(problems[0].is_doubt);
  EXPECT_THAT(problems[0].message, HasSubstr("it has EUR, GBP"));
}

TEST(CurrencyCheck, ADefaultIsLookedAtToo) {
  MappingRules rules = with_constant("EUR");
  rules.properties[0].value.reset();
  rules.properties[0].from = "Currency";
  rules.properties[0].default_value = "USD";
  EXPECT_THAT(check_currencies(rules, kAccount), SizeIs(1));
}

TEST(CurrencyCheck, SaysNothingWhereTheAccountTellsNothing) {
  EXPECT_THAT(check_currencies(with_constant("USD"), {}), IsEmpty());
}

}  // namespace
}  // namespace payferry

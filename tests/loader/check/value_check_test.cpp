#include "loader/check/value_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

PropertyDefinition property(const char* name, const char* type,
                            std::vector<std::string> options = {}) {
  PropertyDefinition result;
  result.name = name;
  result.type = type;
  for (std::string& option : options) result.options.push_back({option, option});
  return result;
}

PropertyRule rule(const char* name, ValueType type = ValueType::string) {
  PropertyRule result;
  result.property = name;
  result.from = "column";
  result.type = type;
  return result;
}

class ValueCheckTest : public testing::Test {
 protected:
  std::vector<RecordError> check(const PropertyRule& one, const std::string& value) {
    MappingRules rules;
    rules.properties = {one};
    ValueCheck values(rules,
                      PropertySchema({property("hs_latest_status", "enumeration", {"paid", "open"}),
                                      property("hs_currency_code", "enumeration", {"EUR", "USD"}),
                                      property("count", "number"), property("day", "date"),
                                      property("text", "string")}),
                      currencies_);
    std::vector<RecordError> problems;
    values.check(R"({"objectWriteTraceId":"1","properties":{"other":"x",")" + one.property +
                     R"(":")" + value + R"("},"associations":[{"to":{"id":"1"}}]})",
                 problems);
    return problems;
  }

  std::vector<Currency> currencies_;
};

TEST_F(ValueCheckTest, AChoiceHasToBeAnOption) {
  EXPECT_THAT(check(rule("hs_latest_status"), "paid"), IsEmpty());
  const auto problems = check(rule("hs_latest_status"), "payd");
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].code, "INVALID_OPTION");
  EXPECT_EQ(problems[0].property, "hs_latest_status");
  EXPECT_EQ(problems[0].column, "column");
  EXPECT_THAT(problems[0].message, HasSubstr("did you mean \"paid\""));
}

TEST_F(ValueCheckTest, ATextHasToBeWhatItsPropertyNeeds) {
  EXPECT_THAT(check(rule("count"), "12.50"), IsEmpty());
  const auto problems = check(rule("count"), "twelve");
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].code, "UNFIT_VALUE");
  EXPECT_THAT(problems[0].message, HasSubstr("a number like 12.50"));
  EXPECT_THAT(check(rule("day"), "tomorrow"), SizeIs(1));
  EXPECT_THAT(check(rule("text"), "whatever"), IsEmpty());
}

TEST_F(ValueCheckTest, AValueIsReadWithItsEscapes) {
  const auto problems = check(rule("hs_latest_status"), R"(a\"b)");
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_THAT(problems[0].message, HasSubstr("\"a\"b\" is not"));
}

TEST_F(ValueCheckTest, AMapIsJudgedByTheRulesAlone) {
  PropertyRule mapped = rule("hs_latest_status");
  mapped.map = {{"x", "no option"}};
  EXPECT_THAT(check(mapped, "no option"), IsEmpty());
}

TEST_F(ValueCheckTest, ACurrencyHasToBeOneOfTheAccounts) {
  currencies_ = {*Currency::parse("EUR")};
  EXPECT_THAT(check(rule("hs_currency_code"), "EUR"), IsEmpty());
  const auto problems = check(rule("hs_currency_code"), "USD");
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].code, "CURRENCY_NOT_IN_ACCOUNT");
  EXPECT_THAT(problems[0].message, HasSubstr("it has EUR"));
}

TEST_F(ValueCheckTest, OfAMapOfCurrenciesOnlyThoseCountThatOccur) {
  PropertyRule mapped = rule("hs_currency_code");
  mapped.map = {{"eur", "EUR"}, {"zar", "ZAR"}};
  EXPECT_THAT(check(mapped, "EUR"), IsEmpty());
  EXPECT_EQ(check(mapped, "ZAR").at(0).code, "INVALID_OPTION");
}

TEST_F(ValueCheckTest, AConstantIsNotLookedAtForEveryRecord) {
  PropertyRule constant = rule("hs_latest_status");
  constant.from.reset();
  constant.value = "no option";
  EXPECT_THAT(check(constant, "no option"), IsEmpty());
}

}  // namespace
}  // namespace payferry

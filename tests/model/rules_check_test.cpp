#include "model/rules_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

PropertyDefinition property(std::string name, std::string type, std::string field_type = "text") {
  PropertyDefinition definition;
  definition.name = std::move(name);
  definition.type = std::move(type);
  definition.field_type = std::move(field_type);
  return definition;
}

PropertySchema payments() {
  PropertyDefinition key = property("hs_external_reference_id", "string");
  key.has_unique_value = true;
  PropertyDefinition status = property("hs_latest_status", "enumeration", "select");
  status.options = {{"succeeded", ""}, {"failed", ""}, {"processing", ""}};
  PropertyDefinition tags = property("tags", "enumeration", "checkbox");
  tags.options = {{"a", ""}, {"b", ""}};
  PropertyDefinition net = property("hs_net_amount", "number");
  net.read_only_value = true;
  PropertyDefinition sum = property("sum", "number");
  sum.calculated = true;
  PropertyDefinition gone = property("gone", "string");
  gone.archived = true;
  return PropertySchema({key, status, tags, net, sum, gone, property("hs_initial_amount", "number"),
                         property("hs_initiated_date", "datetime"), property("day", "date"),
                         property("flag", "bool"), property("payferry_run", "string"),
                         property("hs_customer_email", "string")});
}

PropertyRule column(std::string name, ValueType type = ValueType::string) {
  PropertyRule rule;
  rule.property = std::move(name);
  rule.from = "Column";
  rule.type = type;
  return rule;
}

PropertyRule constant(std::string name, std::string value) {
  PropertyRule rule;
  rule.property = std::move(name);
  rule.value = std::move(value);
  return rule;
}

std::vector<RuleProblem> check(const MappingRules& rules) {
  return check_rules(rules, payments(), "commerce_payments");
}

std::vector<RuleProblem> check(PropertyRule rule) {
  MappingRules rules;
  rules.properties.push_back(std::move(rule));
  return check(rules);
}

std::string only_message(const std::vector<RuleProblem>& problems) {
  EXPECT_THAT(problems, SizeIs(1));
  return problems.size() == 1 ? problems[0].message : "";
}

TEST(RulesCheck, AMappingThatFitsHasNoProblems) {
  MappingRules rules;
  rules.id_property = "hs_external_reference_id";
  rules.run_property = "payferry_run";
  PropertyRule status = column("hs_latest_status");
  status.map = {{"paid", "succeeded"}, {"*", "failed"}};
  rules.properties = {column("hs_external_reference_id"),
                      column("hs_initial_amount", ValueType::decimal),
                      column("hs_initiated_date", ValueType::datetime),
                      column("day", ValueType::date),
                      column("flag", ValueType::boolean),
                      column("hs_customer_email", ValueType::email),
                      constant("tags", ";a;b"),
                      status};
  EXPECT_THAT(check(rules), IsEmpty());
}

TEST(RulesCheck, NamesTheNearestPropertyOfAnUnknownOne) {
  EXPECT_EQ(only_message(check(column("hs_inital_amount"))),
            "HubSpot has no property \"hs_inital_amount\" of commerce_payments; did you mean "
            "\"hs_initial_amount\"?");
  EXPECT_THAT(only_message(check(column("completely_else"))), HasSubstr("create it in HubSpot"));
  PropertyRule placed = column("completely_else");
  placed.place = "payments.toml:7:1";
  EXPECT_THAT(only_message(check(placed)),
              StartsWith("payments.toml:7:1: HubSpot has no property \"completely_else\""));
}

TEST(RulesCheck, APropertyThatCannotBeWrittenIsAProblem) {
  EXPECT_THAT(only_message(check(column("hs_net_amount"))), HasSubstr("read-only"));
  EXPECT_THAT(only_message(check(column("sum"))), HasSubstr("read-only"));
  EXPECT_THAT(only_message(check(column("gone"))), HasSubstr("archived"));
}

TEST(RulesCheck, ATypeThatDoesNotFitIsAProblem) {
  EXPECT_THAT(only_message(check(column("hs_initial_amount", ValueType::datetime))),
              HasSubstr("write type = \"decimal\""));
  EXPECT_THAT(only_message(check(column("hs_initiated_date", ValueType::decimal))),
              HasSubstr("write type = \"datetime\""));
  EXPECT_THAT(only_message(check(column("day", ValueType::datetime))),
              HasSubstr("write type = \"date\""));
  EXPECT_THAT(only_message(check(column("flag", ValueType::email))),
              HasSubstr("write type = \"boolean\""));
  EXPECT_THAT(check(column("hs_initial_amount")), IsEmpty());
  EXPECT_THAT(check(column("hs_initial_amount", ValueType::minor_units)), IsEmpty());
  EXPECT_THAT(check(column("hs_customer_email", ValueType::decimal)), IsEmpty());
}

TEST(RulesCheck, ABareDateInADatetimeIsADoubt) {
  const auto problems = check(column("hs_initiated_date", ValueType::date));
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_TRUE(problems[0].is_doubt);
  EXPECT_FALSE(check(column("day", ValueType::decimal)).at(0).is_doubt);
}

TEST(RulesCheck, AConstantHasToBeWhatThePropertyTakes) {
  EXPECT_THAT(only_message(check(constant("hs_latest_status", "succeded"))),
              HasSubstr("did you mean \"succeeded\""));
  EXPECT_THAT(only_message(check(constant("hs_latest_status", "xyz"))),
              HasSubstr("one of succeeded, failed, processing"));
  EXPECT_THAT(check(constant("hs_latest_status", "failed")), IsEmpty());
  EXPECT_THAT(check(constant("hs_latest_status", "")), IsEmpty());
  EXPECT_THAT(check(constant("hs_latest_status", "failed;succeeded")), SizeIs(1));
  EXPECT_THAT(check(constant("tags", "a;c")), SizeIs(1));
  EXPECT_THAT(check(constant("flag", "yes")), SizeIs(1));
  EXPECT_THAT(check(constant("flag", "true")), IsEmpty());
  EXPECT_THAT(check(constant("hs_initial_amount", "1,5")), SizeIs(1));
  EXPECT_THAT(check(constant("hs_initial_amount", "1.5")), IsEmpty());
  EXPECT_THAT(check(constant("hs_initiated_date", "yesterday")), SizeIs(1));
  EXPECT_THAT(check(constant("hs_initiated_date", "2024-03-27T18:04:11.823Z")), IsEmpty());
  EXPECT_THAT(check(constant("hs_initiated_date", "1711562651823")), IsEmpty());
  EXPECT_THAT(check(constant("day", "2024-03-27")), IsEmpty());
  EXPECT_THAT(check(constant("day", "27.3.2024")), SizeIs(1));
}

TEST(RulesCheck, AMapsTargetsHaveToBeOptions) {
  PropertyRule rule = column("hs_latest_status", ValueType::enumeration);
  rule.map = {{"paid", "succeeded"}, {"lost", "Failed"}};
  EXPECT_THAT(only_message(check(rule)), HasSubstr("for \"lost\""));
}

TEST(RulesCheck, AMapOfCurrenciesMayHaveMoreThanTheAccount) {
  PropertyRule rule = column("hs_latest_status", ValueType::enumeration);
  rule.map = {{"eur", "EUR"}};
  MappingRules rules;
  rules.currency_property = "hs_latest_status";
  rules.properties = {rule};
  EXPECT_THAT(check(rules), IsEmpty());
}

TEST(RulesCheck, ADefaultIsAValueOrATextOfTheMap) {
  PropertyRule rule = column("hs_latest_status");
  rule.default_value = "nothing";
  EXPECT_THAT(only_message(check(rule)), HasSubstr("The default \"nothing\""));
  rule.default_value = "paid";
  rule.map = {{"paid", "succeeded"}};
  EXPECT_THAT(check(rule), IsEmpty());
  rule.default_value = "failed";
  EXPECT_THAT(check(rule), IsEmpty());
  PropertyRule amount = column("hs_initial_amount", ValueType::decimal);
  amount.default_value = "1,234.50";
  EXPECT_THAT(check(amount), IsEmpty());
}

TEST(RulesCheck, AnIdPropertyHasToBeUnique) {
  MappingRules rules;
  rules.id_property = "hs_customer_email";
  EXPECT_THAT(only_message(check(rules)), HasSubstr("take one that is (hs_external_reference_id)"));
  const auto none = check_rules(rules, PropertySchema({property("hs_customer_email", "string")}),
                                "commerce_payments");
  EXPECT_THAT(only_message(none), HasSubstr("create a property with hasUniqueValue"));
}

TEST(RulesCheck, ARunPropertyIsATextThatManyRecordsMayShare) {
  MappingRules rules;
  rules.run_property = "hs_initial_amount";
  EXPECT_THAT(only_message(check(rules)), HasSubstr("has to be a text property"));
  rules.run_property = "hs_external_reference_id";
  EXPECT_THAT(only_message(check(rules)),
              HasSubstr("every record of a run carries the same value"));
  rules.run_property = "payfery_run";
  EXPECT_THAT(only_message(check(rules)), HasSubstr("did you mean \"payferry_run\"?"));
  rules.run_property = "gone";
  EXPECT_THAT(only_message(check(rules)), HasSubstr("archived"));
}

}  // namespace
}  // namespace payferry

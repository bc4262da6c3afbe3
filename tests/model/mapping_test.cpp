#include "model/mapping.hpp"

#include <date/tz.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <random>
#include <string>
#include <vector>

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

PropertyRule from(const char* property, const char* column, ValueType type = ValueType::string) {
  PropertyRule rule;
  rule.property = property;
  rule.from = column;
  rule.type = type;
  return rule;
}

PropertyRule constant(const char* property, const char* value) {
  PropertyRule rule;
  rule.property = property;
  rule.value = value;
  return rule;
}

/// The mapping of interface.md §3.
MappingRules payment_rules() {
  MappingRules rules;
  rules.id_property = "hs_external_reference_id";
  rules.properties.push_back(from("hs_external_reference_id", "Invoice"));
  rules.properties.push_back(from("hs_initial_amount", "Amount", ValueType::decimal));
  rules.properties.back().required = true;
  rules.properties.push_back(from("hs_initiated_date", "Paid at", ValueType::datetime));
  rules.properties.back().format = "%Y-%m-%d %H:%M:%S";
  rules.properties.back().time_zone = date::locate_zone("Europe/London");
  rules.properties.back().required = true;
  rules.properties.push_back(from("hs_currency_code", "Currency"));
  rules.properties.back().default_value = "GBP";
  rules.properties.push_back(from("hs_latest_status", "State"));
  rules.properties.back().map = {{"paid", "succeeded"}, {"*", "failed"}};
  rules.properties.push_back(constant("hs_processor_type", "none"));
  rules.properties.push_back(from("hs_internal_comment", "Country"));
  return rules;
}

const std::vector<std::string> kPaymentColumns{"Invoice", "Amount",  "Paid at", "Currency",
                                               "State",   "Country", "Contact"};

using Cells = std::vector<std::string_view>;

struct Mapped {
  std::string input;
  MappedRecord record;
};

Mapped map(const MappingRules& rules, const std::vector<std::string>& columns, const Cells& cells) {
  const auto mapping = Mapping::compile(rules, columns);
  if (!mapping) throw std::runtime_error(mapping.error().message);
  Record record;
  record.number = RecordNumber(12);
  record.cells = cells;
  Mapped mapped;
  mapping->map(record, mapped.input, mapped.record);
  return mapped;
}

Mapped map_payment(const Cells& cells) {
  return map(payment_rules(), kPaymentColumns, cells);
}

/// The value that one rule makes of one cell; else "CODE: message", or "(none)" where no property
/// is sent.
std::string value_of(PropertyRule rule, std::string_view cell) {
  rule.property = "p";
  rule.from = "C";
  MappingRules rules;
  rules.properties.push_back(rule);
  const Mapped mapped = map(rules, {"C"}, {cell});
  if (mapped.record.error) return mapped.record.error->code + ": " + mapped.record.error->message;
  const auto properties = boost::json::parse(mapped.input).at("properties").as_object();
  return properties.empty() ? "(none)" : std::string(properties.at("p").as_string());
}

std::string value_of(ValueType type, std::string_view cell) {
  return value_of(from("p", "C", type), cell);
}

std::string compile_error(const MappingRules& rules, const std::vector<std::string>& columns) {
  const auto mapping = Mapping::compile(rules, columns);
  return mapping ? "compiles" : mapping.error().message;
}

TEST(Mapping, WritesTheInputOfACreate) {
  const Mapped mapped = map_payment(
      {"536365", "1,234.50", "2024-07-01 10:00:00", "USD", "paid", "United Kingdom", ""});
  EXPECT_FALSE(mapped.record.error);
  EXPECT_EQ(mapped.input,
            R"({"objectWriteTraceId":"12","properties":{"hs_external_reference_id":"536365",)"
            R"("hs_initial_amount":"1234.50","hs_initiated_date":"2024-07-01T09:00:00.000Z",)"
            R"("hs_currency_code":"USD","hs_latest_status":"succeeded","hs_processor_type":"none",)"
            R"("hs_internal_comment":"United Kingdom"},"associations":[]})");
  EXPECT_EQ(mapped.record.key, "536365");
  EXPECT_EQ(mapped.record.amount->to_string(), "1234.50");
  EXPECT_EQ(mapped.record.currency.code(), "USD");
}

TEST(Mapping, WritesTheInputOfAnUpsert) {
  MappingRules rules = payment_rules();
  rules.write = WriteMode::upsert;
  const Mapped mapped =
      map(rules, kPaymentColumns, {"A\"1", "1", "2024-01-01 10:00:00", "", "x", "", ""});
  EXPECT_EQ(
      mapped.input,
      R"({"idProperty":"hs_external_reference_id","id":"A\"1","objectWriteTraceId":"12","properties":{)"
      R"("hs_initial_amount":"1","hs_initiated_date":"2024-01-01T10:00:00.000Z","hs_currency_code":"GBP",)"
      R"("hs_latest_status":"failed","hs_processor_type":"none"}})");
  EXPECT_EQ(mapped.record.key, "A\"1");
}

TEST(Mapping, AppendsToWhatStandsInTheInput) {
  const auto mapping = Mapping::compile(payment_rules(), kPaymentColumns);
  const Cells good{"1", "1", "2024-01-01 10:00:00", "", "paid", "", ""};
  const Cells bad{"2", "x", "2024-01-01 10:00:00", "", "paid", "", ""};
  Record record;
  MappedRecord mapped;
  std::string input = "before";
  record.cells = bad;
  mapping->map(record, input, mapped);
  EXPECT_EQ(input, "before");
  record.cells = good;
  mapping->map(record, input, mapped);
  EXPECT_THAT(input, StartsWith("before{"));
  EXPECT_FALSE(mapped.error);
}

TEST(Mapping, SendsNoPropertyForAnEmptyCell) {
  MappingRules rules;
  rules.properties = {from("a", "A"), from("b", "B"), from("c", "C")};
  EXPECT_EQ(map(rules, {"A", "B", "C"}, {"", " \t", "x"}).input,
            R"({"objectWriteTraceId":"12","properties":{"c":"x"},"associations":[]})");
  EXPECT_EQ(map(rules, {"A", "B", "C"}, {"", "\xC2\xA0", ""}).input,
            R"({"objectWriteTraceId":"12","properties":{},"associations":[]})");
}

TEST(Mapping, TakesTheDefaultForAnEmptyCell) {
  EXPECT_EQ(
      map_payment({"1", "1", "2024-01-01 10:00:00", " ", "paid", "", ""}).record.currency.code(),
      "GBP");
  PropertyRule rule = from("p", "C", ValueType::datetime);
  rule.format = "%d/%m/%Y";
  rule.default_value = "31/12/2023";
  EXPECT_EQ(value_of(rule, ""), "2023-12-31T00:00:00.000Z");
  rule.default_value = "2023-12-31T10:00:00Z";
  EXPECT_EQ(value_of(rule, ""), "2023-12-31T10:00:00.000Z");
}

TEST(Mapping, MapsTheDefaultLikeACellUnlessItIsAValueAlready) {
  PropertyRule rule = from("p", "C", ValueType::enumeration);
  rule.map = {{"paid", "succeeded"}, {"bad", "failed"}};
  rule.default_value = "paid";
  EXPECT_EQ(value_of(rule, ""), "succeeded");
  rule.default_value = "failed";
  EXPECT_EQ(value_of(rule, ""), "failed");
}

TEST(Mapping, RefusesARecordWithoutAMandatoryValue) {
  const Mapped no_key = map_payment({" ", "1", "2024-01-01 10:00:00", "", "paid", "", ""});
  EXPECT_EQ(no_key.record.error->code, "EMPTY_REQUIRED");
  EXPECT_EQ(no_key.record.error->property, "hs_external_reference_id");
  EXPECT_EQ(no_key.record.error->column, "Invoice");
  EXPECT_EQ(no_key.input, "");
  const Mapped no_amount = map_payment({"1", "", "2024-01-01 10:00:00", "", "paid", "", ""});
  EXPECT_EQ(no_amount.record.error->code, "EMPTY_REQUIRED");
  EXPECT_EQ(no_amount.record.error->message,
            "column \"Amount\" is empty, but hs_initial_amount needs a value; fill it in, or set a "
            "default");
}

TEST(Mapping, NamesPropertyColumnAndValueOfAProblem) {
  const Mapped mapped =
      map_payment({"536371", "12,5O", "2024-01-01 10:00:00", "EUR", "paid", "", ""});
  EXPECT_EQ(mapped.record.error->code, "INVALID_DECIMAL");
  EXPECT_EQ(mapped.record.error->property, "hs_initial_amount");
  EXPECT_EQ(mapped.record.error->column, "Amount");
  EXPECT_THAT(mapped.record.error->message, StartsWith("\"12,5O\" is not a decimal number"));
}

TEST(Mapping, ReadsKeyAmountAndCurrencyOfAnInvalidRecordToo) {
  MappingRules rules = payment_rules();
  std::swap(rules.properties[0], rules.properties[2]);
  const Mapped mapped =
      map(rules, kPaymentColumns, {"536371", "12.50", "yesterday", "EUR", "paid", "", ""});
  EXPECT_EQ(mapped.record.error->code, "INVALID_DATETIME");
  EXPECT_EQ(mapped.record.key, "536371");
  EXPECT_EQ(mapped.record.amount->to_string(), "12.50");
  EXPECT_EQ(mapped.record.currency.code(), "EUR");
}

TEST(Mapping, TellsTheFirstProblemOfARecord) {
  EXPECT_EQ(map_payment({"", "x", "y", "", "", "", ""}).record.error->code, "EMPTY_REQUIRED");
}

TEST(Mapping, NamesAllProblemsOfARecordForPeopleWhoMendIt) {
  const auto mapping = Mapping::compile(payment_rules(), kPaymentColumns);
  ASSERT_TRUE(mapping);
  const Cells bad{"536365", "12,5O", "yesterday", "GBP", "paid", "4111 1111 1111 1111", ""};
  Record record;
  record.cells = bad;
  std::vector<std::string> codes;
  for (const RecordError& problem : mapping->problems_of(record))
    codes.push_back(problem.column + ": " + problem.code);
  EXPECT_THAT(codes, ElementsAre("Amount: INVALID_DECIMAL", "Paid at: INVALID_DATETIME",
                                 "Country: CARD_NUMBER"));
  const Cells good{"536365", "12.50", "2010-12-01 08:26:00", "GBP", "paid", "France", ""};
  record.cells = good;
  EXPECT_TRUE(mapping->problems_of(record).empty());
  record.error = RecordError{"RAGGED_ROW", "", "", "the row has 2 cells"};
  EXPECT_EQ(mapping->problems_of(record).at(0).code, "RAGGED_ROW");
}

TEST(Mapping, PassesOnTheErrorThatARecordComesWith) {
  const auto mapping = Mapping::compile(payment_rules(), kPaymentColumns);
  Record record;
  record.error = RecordError{"RAGGED_ROW", "", "", "the row has 3 cells"};
  MappedRecord mapped;
  mapped.key = "of the record before";
  std::string input;
  mapping->map(record, input, mapped);
  EXPECT_EQ(mapped.error->code, "RAGGED_ROW");
  EXPECT_EQ(mapped.key, "");
  EXPECT_EQ(input, "");
}

TEST(Mapping, ForgetsTheRecordBefore) {
  MappingRules rules;
  rules.properties = {from("hs_initial_amount", "A", ValueType::decimal),
                      from("hs_currency_code", "B")};
  const auto mapping = Mapping::compile(rules, std::vector<std::string>{"A", "B"});
  const Cells full{"1", "USD"};
  const Cells empty{"", ""};
  Record record;
  MappedRecord mapped;
  std::string input;
  record.cells = full;
  mapping->map(record, input, mapped);
  record.cells = empty;
  mapping->map(record, input, mapped);
  EXPECT_FALSE(mapped.amount);
  EXPECT_FALSE(mapped.currency.is_known());
}

TEST(Mapping, FillsTheRunProperty) {
  MappingRules rules;
  rules.properties = {from("a", "A")};
  rules.run_property = "payferry_run";
  rules.run_id = "20261123T100000Z-7f";
  EXPECT_EQ(
      map(rules, {"A"}, {"x"}).input,
      R"({"objectWriteTraceId":"12","properties":{"a":"x","payferry_run":"20261123T100000Z-7f"},"associations":[]})");
}

TEST(MappingOfText, TrimsUnlessToldNotTo) {
  EXPECT_EQ(value_of(ValueType::string, " \t x y \xC2\xA0"), "x y");
  PropertyRule rule = from("p", "C");
  rule.trim = false;
  EXPECT_EQ(value_of(rule, " x "), " x ");
}

TEST(MappingOfText, RefusesMoreCharactersThanHubSpotKeeps) {
  std::string text;
  for (int i = 0; i < 65'536; ++i) text += "é";
  EXPECT_EQ(value_of(ValueType::string, text), text);
  EXPECT_EQ(value_of(ValueType::string, text + "x"),
            "TEXT_TOO_LONG: the text has 65,537 characters, more than HubSpot keeps (65,536); "
            "shorten it");
}

TEST(MappingOfText, RefusesAKeyThatIsLongerThanAnyId) {
  std::string key(1000, 'k');
  EXPECT_FALSE(map_payment({key, "1", "2024-01-01 10:00:00", "", "paid", "", ""}).record.error);
  key += 'k';
  EXPECT_EQ(map_payment({key, "1", "2024-01-01 10:00:00", "", "paid", "", ""}).record.error->code,
            "TEXT_TOO_LONG");
}

TEST(MappingOfText, RefusesACardNumberAndNeverShowsIt) {
  const Mapped mapped = map_payment(
      {"1", "1", "2024-01-01 10:00:00", "", "paid", "Visa 4111 1111 1111 1111 12/26", ""});
  EXPECT_EQ(mapped.record.error->code, "CARD_NUMBER");
  EXPECT_EQ(mapped.record.error->column, "Country");
  EXPECT_THAT(mapped.record.error->message, HasSubstr("allow_card_like = true"));
  EXPECT_THAT(mapped.record.error->message, Not(HasSubstr("1111")));
}

TEST(MappingOfText, TakesNoAmountForACardNumber) {
  for (const ValueType type : {ValueType::decimal, ValueType::minor_units}) {
    PropertyRule currency;
    currency.property = "hs_currency_code";
    currency.value = "GBP";
    MappingRules rules;
    rules.properties = {currency, from("hs_initial_amount", "Amount")};
    rules.properties.back().type = type;
    const auto mapped = map(rules, {"Amount"}, {"378282246310005"});
    EXPECT_FALSE(mapped.record.error);
  }
}

TEST(MappingOfText, TakesACardLikeNumberWhereItIsAllowedOrTheId) {
  PropertyRule rule = from("p", "C");
  rule.allow_card_like = true;
  EXPECT_EQ(value_of(rule, "4111111111111111"), "4111111111111111");
  EXPECT_FALSE(map_payment({"4111111111111111", "1", "2024-01-01 10:00:00", "", "paid", "", ""})
                   .record.error);
}

TEST(MappingOfText, NeverTakesAWholeCardNumberForItsLastFourDigits) {
  MappingRules rules;
  rules.properties = {from("hs_payment_method_last_4", "Card")};
  rules.properties.back().allow_card_like = true;
  EXPECT_EQ(map(rules, {"Card"}, {"4111111111111111"}).record.error->code, "CARD_NUMBER");
  EXPECT_FALSE(map(rules, {"Card"}, {"1111"}).record.error);
}

TEST(MappingOfText, MasksACardNumberInAnyOtherProblem) {
  EXPECT_THAT(value_of(ValueType::boolean, "4111111111111111"), HasSubstr("\"************1111\""));
}

TEST(MappingOfText, ShortensALongValueInAProblem) {
  const std::string message = value_of(ValueType::boolean, std::string(59, 'x') + "ééé");
  EXPECT_THAT(message, HasSubstr('"' + std::string(59, 'x') + "é…\" is neither"));
}

TEST(MappingOfMap, MatchesExactlyAndTakesTheRest) {
  PropertyRule rule = from("p", "C");
  rule.map = {{"paid", "succeeded"}, {"N/A", ""}, {"*", "failed"}, {"quoted", "a \"b\""}};
  EXPECT_EQ(value_of(rule, "paid"), "succeeded");
  EXPECT_EQ(value_of(rule, " paid "), "succeeded");
  EXPECT_EQ(value_of(rule, "Paid"), "failed");
  EXPECT_EQ(value_of(rule, "N/A"), "(none)");
  EXPECT_EQ(value_of(rule, ""), "(none)");
  EXPECT_EQ(value_of(rule, "quoted"), "a \"b\"");
}

TEST(MappingOfMap, RefusesWhatItDoesNotHave) {
  PropertyRule rule = from("p", "C", ValueType::enumeration);
  rule.map = {{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}, {"e", "5"}, {"f", "6"}};
  EXPECT_EQ(value_of(rule, "g"),
            "INVALID_ENUM: \"g\" is not in the property's map (\"a\", \"b\", \"c\", \"d\", \"e\", "
            "…); correct it, or "
            "add it to the map, or \"*\" for all the rest");
}

TEST(MappingOfDecimal, KeepsTheDecimalsAsWritten) {
  EXPECT_EQ(value_of(ValueType::decimal, "12.500"), "12.500");
  EXPECT_EQ(value_of(ValueType::decimal, "$1,234.00"), "1234.00");
  EXPECT_EQ(value_of(ValueType::decimal, "(12.00)"), "-12.00");
  PropertyRule rule = from("p", "C", ValueType::decimal);
  rule.decimal_mark = ',';
  EXPECT_EQ(value_of(rule, "1.234,50 €"), "1234.50");
}

TEST(MappingOfDecimal, SaysWhatIsWrong) {
  EXPECT_EQ(value_of(ValueType::decimal, "12,5O"),
            "INVALID_DECIMAL: \"12,5O\" is not a decimal number; write it like 1234.50");
  EXPECT_EQ(value_of(ValueType::decimal, "1,23"),
            "INVALID_DECIMAL: \"1,23\" is not a decimal number: its separators do not group "
            "thousands; correct it, or "
            "set decimal = \",\" if that is the column's decimal mark");
  EXPECT_THAT(value_of(ValueType::decimal, "12345678901234567"),
              HasSubstr("at most 15 before the decimal mark"));
}

std::string minor_units(std::string_view amount, std::string_view currency) {
  MappingRules rules;
  rules.properties = {from("hs_initial_amount", "A", ValueType::minor_units),
                      from("hs_currency_code", "B")};
  const Mapped mapped = map(rules, {"A", "B"}, {amount, currency});
  return mapped.record.error ? mapped.record.error->code : mapped.record.amount->to_string();
}

TEST(MappingOfMinorUnits, HaveTheDecimalsOfTheRecordsCurrency) {
  EXPECT_EQ(minor_units("123450", "USD"), "1234.50");
  EXPECT_EQ(minor_units("5", "GBP"), "0.05");
  EXPECT_EQ(minor_units("123450", "JPY"), "123450");
  EXPECT_EQ(minor_units("123450", "KWD"), "123.450");
  EXPECT_EQ(minor_units("-123450", "usd"), "-1234.50");
}

TEST(MappingOfMinorUnits, AreWholeNumbersOfAKnownCurrency) {
  EXPECT_EQ(minor_units("12.50", "USD"), "INVALID_MINOR_UNITS");
  EXPECT_EQ(minor_units("abc", "USD"), "INVALID_MINOR_UNITS");
  EXPECT_EQ(minor_units("100", "ZZZ"), "UNKNOWN_CURRENCY");
  EXPECT_EQ(minor_units("100", ""), "UNKNOWN_CURRENCY");
  EXPECT_EQ(minor_units("100", "pounds"), "UNKNOWN_CURRENCY");
}

TEST(MappingOfMinorUnits, NeedACurrencyProperty) {
  MappingRules rules;
  rules.properties = {from("hs_initial_amount", "A", ValueType::minor_units)};
  EXPECT_THAT(compile_error(rules, {"A"}), HasSubstr("hs_currency_code"));
  rules.properties.push_back(constant("hs_currency_code", "JPY"));
  EXPECT_EQ(map(rules, {"A"}, {"500"}).record.amount->to_string(), "500");
}

TEST(MappingOfDatetime, IsIso8601UnlessToldOtherwise) {
  EXPECT_EQ(value_of(ValueType::datetime, "2024-03-27T18:04:11.823Z"), "2024-03-27T18:04:11.823Z");
  EXPECT_EQ(value_of(ValueType::datetime, "2024-03-27T18:04:11+01:00"), "2024-03-27T17:04:11.000Z");
  EXPECT_EQ(value_of(ValueType::datetime, "2024-03-27 18:04"), "2024-03-27T18:04:00.000Z");
  EXPECT_EQ(value_of(ValueType::datetime, "2024-03-27"), "2024-03-27T00:00:00.000Z");
  EXPECT_EQ(value_of(ValueType::datetime, "27/03/2024"),
            "INVALID_DATETIME: \"27/03/2024\" is not a date and time in ISO 8601, such as "
            "2024-03-27T18:04:11Z; "
            "correct it, or the property's format");
}

TEST(MappingOfDatetime, IsTakenInTheRulesTimeZoneWhereNoOffsetIsWritten) {
  PropertyRule rule = from("p", "C", ValueType::datetime);
  rule.time_zone = date::locate_zone("America/New_York");
  EXPECT_EQ(value_of(rule, "2024-07-01T10:00:00"), "2024-07-01T14:00:00.000Z");
  EXPECT_EQ(value_of(rule, "2024-12-01T10:00:00"), "2024-12-01T15:00:00.000Z");
  EXPECT_EQ(value_of(rule, "2024-07-01T10:00:00Z"), "2024-07-01T10:00:00.000Z");
}

TEST(MappingOfDatetime, CountsFrom1970) {
  PropertyRule rule = from("p", "C", ValueType::datetime);
  rule.format = "unix";
  EXPECT_EQ(value_of(rule, "1711562651"), "2024-03-27T18:04:11.000Z");
  EXPECT_EQ(value_of(rule, "1711562651.823"), "2024-03-27T18:04:11.823Z");
  EXPECT_EQ(value_of(rule, "-1.5"), "1969-12-31T23:59:58.500Z");
  EXPECT_THAT(value_of(rule, "1711562651823"), StartsWith("INVALID_DATETIME"));
  rule.format = "unix_ms";
  EXPECT_EQ(value_of(rule, "1711562651823"), "2024-03-27T18:04:11.823Z");
  for (const char* text : {"", "x", "1e9", "12 3", "1.", ".5", "9999999999999999999", "--1"}) {
    EXPECT_THAT(value_of(rule, text), testing::AnyOf(StartsWith("INVALID_DATETIME"), "(none)"))
        << text;
  }
}

TEST(MappingOfDate, IsTheDayThatIsWritten) {
  EXPECT_EQ(value_of(ValueType::date, "2024-02-29"), "2024-02-29");
  EXPECT_EQ(value_of(ValueType::date, "2024-03-27T23:30:00-05:00"), "2024-03-27");
  EXPECT_THAT(value_of(ValueType::date, "2023-02-29"),
              StartsWith("INVALID_DATE: \"2023-02-29\" is not a date"));
  PropertyRule rule = from("p", "C", ValueType::date);
  rule.format = "%d.%m.%y";
  EXPECT_EQ(value_of(rule, "1.2.24"), "2024-02-01");
  rule.format = "unix";
  rule.time_zone = date::locate_zone("Asia/Tokyo");
  EXPECT_EQ(value_of(rule, "1711562651"), "2024-03-28");
}

TEST(MappingOfBoolean, KnowsTheUsualWords) {
  for (const char* text : {"true", "TRUE", "yes", "Y", "t", "1"})
    EXPECT_EQ(value_of(ValueType::boolean, text), "true");
  for (const char* text : {"false", "False", "no", "N", "f", "0"}) {
    EXPECT_EQ(value_of(ValueType::boolean, text), "false");
  }
  for (const char* text : {"maybe", "2", "on", "tru", "yess"}) {
    EXPECT_THAT(value_of(ValueType::boolean, text), StartsWith("INVALID_BOOLEAN"));
  }
}

TEST(MappingOfEmail, RefusesWhatIsNoAddress) {
  EXPECT_EQ(value_of(ValueType::email, "customer@example.com"), "customer@example.com");
  EXPECT_EQ(value_of(ValueType::email, "customer@example"),
            "INVALID_EMAIL: \"customer@example\" is not an e-mail address; correct it, or leave "
            "the cell empty");
}

MappingRules with_association(std::optional<std::string> match = std::nullopt) {
  MappingRules rules;
  rules.id_property = "id";
  rules.properties = {from("id", "Id")};
  AssociationRule association;
  association.to = "contacts";
  association.from = "Contact";
  association.type_id = 387;
  association.match = std::move(match);
  rules.associations = {association};
  return rules;
}

TEST(MappingOfAssociations, AreApartFromTheInput) {
  MappingRules rules = with_association();
  const Mapped mapped = map(rules, {"Id", "Contact"}, {"1", " 70791348501 "});
  EXPECT_EQ(mapped.input,
            R"({"objectWriteTraceId":"12","properties":{"id":"1"},"associations":[]})");
  EXPECT_THAT(mapped.record.targets, ElementsAre("70791348501"));
  rules.write = WriteMode::upsert;
  const Mapped upsert = map(rules, {"Id", "Contact"}, {"1", "10"});
  EXPECT_EQ(upsert.input,
            R"({"idProperty":"id","id":"1","objectWriteTraceId":"12","properties":{}})");
  EXPECT_THAT(upsert.record.targets, ElementsAre("10"));
}

TEST(MappingOfAssociations, OfSeveralRulesStandInTheirOrder) {
  MappingRules rules = with_association();
  rules.associations.push_back(rules.associations.front());
  rules.associations.back().from = "Order";
  const Mapped mapped = map(rules, {"Id", "Contact", "Order"}, {"1", "", "20"});
  EXPECT_THAT(mapped.record.targets, ElementsAre("", "20"));
}

TEST(MappingOfAssociations, NeedARecordId) {
  const Mapped mapped = map(with_association(), {"Id", "Contact"}, {"1", "a@b.co"});
  EXPECT_EQ(mapped.record.error->code, "INVALID_RECORD_ID");
  EXPECT_EQ(mapped.record.error->column, "Contact");
  EXPECT_EQ(mapped.input, "");
}

TEST(MappingOfAssociations, ByAnotherPropertyAreValuesToLookUp) {
  const Mapped mapped = map(with_association("email"), {"Id", "Contact"}, {"1", " a@b.co "});
  EXPECT_THAT(mapped.record.targets, ElementsAre("a@b.co"));
  EXPECT_THAT(map(with_association("email"), {"Id", "Contact"}, {"1", ""}).record.targets,
              ElementsAre(""));
  const Mapped long_one =
      map(with_association("email"), {"Id", "Contact"}, {"1", std::string(1'001, 'a')});
  EXPECT_EQ(long_one.record.error->code, "TEXT_TOO_LONG");
  EXPECT_EQ(long_one.record.error->column, "Contact");
}

TEST(MappingCompile, NamesAMissingColumnAndTheNearestOne) {
  MappingRules rules;
  rules.properties = {from("hs_initial_amount", "Amout", ValueType::decimal)};
  EXPECT_EQ(
      compile_error(rules, {"Invoice", "Amount"}),
      "property hs_initial_amount: the input has no column \"Amout\"; did you mean \"Amount\"?");
  EXPECT_EQ(compile_error(rules, {"Invoice", "Sum"}),
            "property hs_initial_amount: the input has no column \"Amout\"; its columns are "
            "\"Invoice\", \"Sum\"");
  rules.properties.push_back(from("hs_internal_comment", "Country"));
  EXPECT_EQ(compile_error(rules, {"Invoice;Sum"}),
            "property hs_initial_amount: the input has no column \"Amout\";\n"
            "  property hs_internal_comment: the input has no column \"Country\"; its columns are "
            "\"Invoice;Sum\"; if these are many, set input.delimiter to what parts them");
  EXPECT_THAT(compile_error(rules, {"4111111111111111"}), Not(HasSubstr("4111")))
      << "the first row of a file without a header is data";
  rules.properties.pop_back();
  rules.properties.back().default_value = "1";
  EXPECT_THAT(compile_error(rules, {"Invoice"}), HasSubstr("has no column"));
}

TEST(MappingCompile, RefusesAColumnThatStandsTwice) {
  MappingRules rules;
  rules.properties = {from("a", "A")};
  EXPECT_THAT(compile_error(rules, {"A", "B", "A"}), HasSubstr("more than one column \"A\""));
  EXPECT_EQ(compile_error(rules, {"A", "B", "B"}), "compiles");
}

TEST(MappingCompile, NamesEveryProblemOfTheRules) {
  MappingRules rules;
  rules.properties = {from("a", "A"), from("b", "B")};
  const std::string message = compile_error(rules, {"X"});
  EXPECT_THAT(message, HasSubstr("property a"));
  EXPECT_THAT(message, HasSubstr("property b"));
}

TEST(MappingCompile, RefusesADefaultThatIsNoValue) {
  MappingRules rules;
  rules.properties = {from("a", "A", ValueType::decimal)};
  rules.properties.back().default_value = "none";
  EXPECT_THAT(compile_error(rules, {"A"}),
              StartsWith("property a: default \"none\" is not a decimal number"));
}

TEST(MappingCompile, RefusesAnUnknownFieldOfAFormat) {
  MappingRules rules;
  rules.properties = {from("a", "A", ValueType::datetime)};
  rules.properties.back().format = "%Y-%m-%d %Q";
  EXPECT_THAT(compile_error(rules, {"A"}), HasSubstr("\"%Q\""));
}

TEST(MappingCompile, RefusesWhatCannotWork) {
  MappingRules no_map;
  no_map.properties = {from("a", "A", ValueType::enumeration)};
  EXPECT_THAT(compile_error(no_map, {"A"}), HasSubstr("needs map"));
  MappingRules map_of_numbers;
  map_of_numbers.properties = {from("a", "A", ValueType::decimal)};
  map_of_numbers.properties.back().map = {{"x", "1"}};
  EXPECT_THAT(compile_error(map_of_numbers, {"A"}), HasSubstr("map needs type"));
  MappingRules no_key_line;
  no_key_line.properties = {from("a", "A")};
  no_key_line.id_property = "b";
  EXPECT_THAT(compile_error(no_key_line, {"A"}), HasSubstr("id_property b has no line"));
  MappingRules upsert_without_key;
  upsert_without_key.properties = {from("a", "A")};
  upsert_without_key.write = WriteMode::upsert;
  EXPECT_THAT(compile_error(upsert_without_key, {"A"}), HasSubstr("needs id_property"));
}

TEST(MappingColumnsRead, AreEachNamedOnceInOrder) {
  MappingRules rules = payment_rules();
  rules.associations = with_association().associations;
  rules.properties.push_back(from("x", "Amount"));
  EXPECT_THAT(Mapping::columns_read(rules), ElementsAre("Invoice", "Amount", "Paid at", "Currency",
                                                        "State", "Country", "Contact"));
}

/// Valid UTF-8 with all that JSON must escape.
std::string random_text(std::mt19937& random) {
  std::string text;
  for (std::size_t left = random() % 30; left > 0; --left) {
    const auto pick = random() % 6;
    if (pick == 0) {
      text += "ü\xF0\x9F\x98\x80";
    } else {
      text += static_cast<char>(pick == 1 ? random() % 0x20 : random() % 0x80);
    }
  }
  return text;
}

TEST(Mapping, WritesJsonWhateverTheCellsHold) {
  MappingRules rules;
  rules.id_property = "a\"\\b";
  rules.properties = {from("a\"\\b", "A"), from("c", "B"), from("d", "C")};
  for (PropertyRule& rule : rules.properties) rule.trim = false;
  rules.properties[2].map = {{"*", "\n\"rest\"\\"}};
  const auto mapping = Mapping::compile(rules, std::vector<std::string>{"A", "B", "C"});
  std::mt19937 random(17);
  for (int round = 0; round < 20'000; ++round) {
    const std::vector<std::string> texts{"k" + random_text(random), random_text(random),
                                         random_text(random)};
    const Cells cells(texts.begin(), texts.end());
    Record record;
    record.cells = cells;
    MappedRecord mapped;
    std::string input;
    mapping->map(record, input, mapped);
    ASSERT_FALSE(mapped.error) << mapped.error->message;
    const auto properties = boost::json::parse(input).at("properties").as_object();
    ASSERT_EQ(properties.at("a\"\\b").as_string(), texts[0]);
    ASSERT_EQ(mapped.key, texts[0]);
    ASSERT_EQ(properties.contains("c"), !texts[1].empty());
    ASSERT_EQ(properties.contains("d"), !texts[2].empty());
  }
}

}  // namespace
}  // namespace payferry

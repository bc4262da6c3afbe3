#include "model/mapping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <random>
#include <string>
#include <vector>

#include "model/sample_mapping.hpp"

namespace payferry {
namespace {

using test::Cells;
using test::compile_error;
using test::constant;
using test::from;
using test::kPaymentColumns;
using test::map;
using test::map_payment;
using test::Mapped;
using test::payment_rules;
using test::value_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Mapping, WritesTheInputOfACreate) {
  const Mapped mapped = map_payment(
      {"536365", "1,234.50", "2024-07-01 10:00:00", "USD", "paid", "United Kingdom", ""});
  EXPECT_FALSE(mapped.record.error);
  EXPECT_EQ(mapped.input, R"({"objectWriteTraceId":"12","properties":{"hs_currency_code":"USD",)"
                          R"("hs_external_reference_id":"536365","hs_initial_amount":"1234.50",)"
                          R"("hs_initiated_date":"2024-07-01T09:00:00.000Z",)"
                          R"("hs_latest_status":"succeeded","hs_processor_type":"none",)"
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
      R"("hs_currency_code":"GBP","hs_initial_amount":"1",)"
      R"("hs_initiated_date":"2024-01-01T10:00:00.000Z",)"
      R"("hs_latest_status":"failed","hs_processor_type":"none"}})");
  EXPECT_EQ(mapped.record.key, "A\"1");
}

TEST(Mapping, RefusesAnAmountInAnotherCurrencyThanTheRecords) {
  const Mapped mapped = map_payment(
      {"536365", "GBP 1,234.50", "2024-07-01 10:00:00", "USD", "paid", "United Kingdom", ""});
  ASSERT_TRUE(mapped.record.error);
  EXPECT_EQ(mapped.record.error->code, "INVALID_DECIMAL");
  EXPECT_EQ(mapped.record.error->message,
            "\"GBP 1,234.50\" is in another currency than the record; correct one of them");
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
  EXPECT_EQ(map(rules, {"A", "B", "C"}, {"x{", "", "y"}).input,
            R"({"objectWriteTraceId":"12","properties":{"a":"x{","c":"y"},"associations":[]})");
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
  rules.properties.back().place = "payments.toml:7:25";
  EXPECT_THAT(compile_error(rules, {"Invoice"}),
              HasSubstr(";\n  payments.toml:7:25: property hs_internal_comment: the input has no "
                        "column \"Country\""));
  EXPECT_THAT(compile_error(rules, {"4111111111111111"}), Not(HasSubstr("4111")))
      << "the first row of a file without a header is data";
  rules.properties.pop_back();
  rules.properties.back().default_value = "1";
  EXPECT_THAT(compile_error(rules, {"Invoice"}), HasSubstr("has no column"));
}

TEST(MappingCompile, MasksACardNumberThatStandsForAColumn) {
  MappingRules rules;
  rules.properties = {from("a", "4111 1111 1111 1111")};
  EXPECT_EQ(compile_error(rules, {"A"}),
            "property a: the input has no column \"**** **** **** 1111\"; its columns are \"A\"");
  rules.properties.front().required = true;
  const auto empty = map(rules, {"4111 1111 1111 1111"}, {""}).record.error;
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->column, "**** **** **** 1111");
  EXPECT_THAT(empty->message, HasSubstr("column \"**** **** **** 1111\" is empty"));
}

TEST(MappingCompile, SaysWhereAnAssociationStands) {
  MappingRules rules = with_association("email");
  rules.associations.front().place = "payments.toml:9:1";
  EXPECT_THAT(compile_error(rules, {"Id"}),
              HasSubstr("payments.toml:9:1: association to contacts: the input has no column"));
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

/// What becomes of one cell that is a JSON number with an exponent.
Mapped map_exponent(ValueType type, std::string_view cell, const char* currency) {
  MappingRules rules;
  rules.amount_property = "p";
  rules.properties = {constant("hs_currency_code", currency), from("p", "C", type)};
  const auto mapping = Mapping::compile(rules, std::vector<std::string>{"C"});
  Record record;
  const Cells cells{cell};
  const std::vector<std::size_t> with_exponent{0};
  record.cells = cells;
  record.with_exponent = with_exponent;
  Mapped mapped;
  mapping->map(record, mapped.input, mapped.record);
  return mapped;
}

/// The value of such a cell, and the amount in the books.
std::string value_of_exponent(ValueType type, std::string_view cell, const char* currency = "GBP") {
  const Mapped mapped = map_exponent(type, cell, currency);
  if (mapped.record.error) return mapped.record.error->code;
  const auto properties = boost::json::parse(mapped.input).at("properties").as_object();
  const std::string amount = mapped.record.amount ? mapped.record.amount->to_string() : "";
  return std::string(properties.at("p").as_string()) + " " + amount;
}

std::string message_of_exponent(std::string_view cell) {
  return map_exponent(ValueType::decimal, cell, "GBP").record.error.value().message;
}

TEST(Mapping, TakesTheExponentOfAJsonNumberWhereTheTypeIsOne) {
  EXPECT_EQ(value_of_exponent(ValueType::decimal, "1e2"), "100 100");
  EXPECT_EQ(value_of_exponent(ValueType::decimal, "-1.255E+1"), "-12.55 -12.55");
  EXPECT_EQ(value_of_exponent(ValueType::decimal, "1e99"), "INVALID_DECIMAL");
  EXPECT_EQ(value_of_exponent(ValueType::minor_units, "1.5E+3"), "15.00 15.00");
  EXPECT_EQ(value_of_exponent(ValueType::minor_units, "1.5e3", "JPY"), "1500 1500");
  EXPECT_EQ(value_of_exponent(ValueType::minor_units, "1.5e0"), "INVALID_MINOR_UNITS");
  EXPECT_EQ(value_of_exponent(ValueType::minor_units, "1e2", "QQQ"), "UNKNOWN_CURRENCY");
  EXPECT_EQ(value_of_exponent(ValueType::string, "1e2"), "1e2 ") << "as it is written";
  EXPECT_EQ(value_of_exponent(ValueType::boolean, "1e0"), "INVALID_BOOLEAN");
}

TEST(Mapping, SaysOfANumberWithAnExponentThatItHasTooManyDigits) {
  for (const char* number : {"1e15", "1e400", "1e-30", "1e99999999999999999999"}) {
    EXPECT_THAT(
        message_of_exponent(number),
        AllOf(HasSubstr(number), HasSubstr("has more digits than can be added up exactly")));
  }
  EXPECT_THAT(message_of_exponent("1e2.5"), HasSubstr("is not a decimal number"));
}

TEST(Mapping, TakesTheExponentWhateverTheDecimalMark) {
  MappingRules rules;
  rules.properties = {from("p", "C", ValueType::decimal)};
  rules.properties.back().decimal_mark = ',';
  const auto mapping = Mapping::compile(rules, std::vector<std::string>{"C"});
  Record record;
  const Cells cells{"1.25e0"};
  const std::vector<std::size_t> with_exponent{0};
  record.cells = cells;
  record.with_exponent = with_exponent;
  Mapped mapped;
  mapping->map(record, mapped.input, mapped.record);
  EXPECT_THAT(mapped.input, HasSubstr(R"("p":"1.25")"));
}

TEST(Mapping, ATextWithAnExponentIsNoAmount) {
  EXPECT_THAT(value_of(ValueType::decimal, "1e2"), HasSubstr("INVALID_DECIMAL"));
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

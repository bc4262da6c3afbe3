#include <date/tz.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/decimal_text.hpp"
#include "model/sample_mapping.hpp"

namespace payferry {
namespace {

using test::compile_error;
using test::constant;
using test::from;
using test::map;
using test::map_payment;
using test::Mapped;
using test::value_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

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

TEST(MappingOfText, RefusesTheMarkOfAMaskedCardNumberWhereverItStands) {
  const std::string mark = "Visa [card number ending in 1111 masked by payferry]";
  for (std::size_t cell = 0; cell < 6; ++cell) {
    test::Cells cells{"1", "1", "2024-01-01 10:00:00", "GBP", "paid", "DE", ""};
    cells[cell] = mark;
    const Mapped mapped = map_payment(cells);
    ASSERT_TRUE(mapped.record.error) << test::kPaymentColumns[cell];
    EXPECT_EQ(mapped.record.error->code, "CARD_NUMBER") << test::kPaymentColumns[cell];
    EXPECT_EQ(mapped.record.error->column, test::kPaymentColumns[cell]);
    EXPECT_THAT(mapped.record.error->message, HasSubstr("put the digits back"));
  }
  PropertyRule open = from("p", "C");
  open.allow_card_like = true;
  EXPECT_THAT(value_of(open, mark), HasSubstr("CARD_NUMBER"));
}

TEST(MappingOfText, RefusesTheMarkOfARowThatWasCutWhereverItStands) {
  const std::string mark = "a[the rest of the row was too long and cut off by payferry]";
  for (std::size_t cell = 0; cell < 6; ++cell) {
    test::Cells cells{"1", "1", "2024-01-01 10:00:00", "GBP", "paid", "DE", ""};
    cells[cell] = mark;
    const Mapped mapped = map_payment(cells);
    ASSERT_TRUE(mapped.record.error) << test::kPaymentColumns[cell];
    EXPECT_EQ(mapped.record.error->code, "RECORD_TOO_LONG") << test::kPaymentColumns[cell];
    EXPECT_EQ(mapped.record.error->column, test::kPaymentColumns[cell]);
    EXPECT_THAT(mapped.record.error->message, HasSubstr("take the whole of it from the source"));
  }
}

TEST(MappingOfText, RefusesAMarkInWhatIsToBeAssociated) {
  MappingRules rules;
  AssociationRule rule;
  rule.to = "contacts";
  rule.from = "Contact";
  rules.associations = {rule, rule};
  rules.associations.front().match = "email";
  const auto refusal = [&](const char* cell) {
    const auto mapped = map(rules, {"Contact"}, {cell});
    return mapped.record.error ? mapped.record.error->column + " " + mapped.record.error->code : "";
  };
  EXPECT_EQ(refusal("[card number ending in 1111 masked by payferry]"), "Contact CARD_NUMBER");
  EXPECT_EQ(refusal("[the rest of the row was too long and cut off by payferry]"),
            "Contact RECORD_TOO_LONG");
}

TEST(MappingOfText, NamesTheColumnsWhoseEveryUseTakesCardLikeDigits) {
  MappingRules rules = test::payment_rules();
  AssociationRule contact;
  contact.to = "contacts";
  contact.from = "Contact";
  rules.associations = {contact};
  EXPECT_THAT(Mapping::columns_of_card_like(rules), ElementsAre("Invoice", "Contact"));
  rules.properties.push_back(from("p", "Number"));
  rules.properties.back().allow_card_like = true;
  rules.properties.push_back(from("hs_payment_method_last_4", "Last"));
  rules.properties.back().allow_card_like = true;
  EXPECT_THAT(Mapping::columns_of_card_like(rules), ElementsAre("Invoice", "Number", "Contact"));
  rules.properties.push_back(from("q", "Number"));
  rules.properties.push_back(from("r", "Invoice"));
  rules.properties.push_back(from("s", "Contact"));
  EXPECT_THAT(Mapping::columns_of_card_like(rules), ElementsAre());
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

/// Every text of up to five characters of the alphabet.
std::vector<std::string> short_texts(std::string_view alphabet) {
  std::vector<std::string> texts{""};
  for (std::size_t at = 0; at < texts.size() && texts[at].size() < 5; ++at) {
    for (const char character : alphabet) texts.push_back(texts[at] + character);
  }
  texts.erase(texts.begin());
  return texts;
}

TEST(MappingOfDecimal, WritesANumberInOneWayHoweverItStands) {
  for (const std::string& text : short_texts("019.-,")) {
    const auto number = parse_decimal_text(text, '.');
    const std::string value = value_of(ValueType::decimal, text);
    EXPECT_EQ(value.starts_with("INVALID_DECIMAL"), !number.has_value()) << text;
    if (number) {
      EXPECT_EQ(value, number->to_string()) << text;
    }
  }
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

TEST(MappingOfDatetime, HasMillisecondsHoweverItStands) {
  for (const char* text :
       {"2024-03-27T18:04:11Z", "2024-03-27 18:04:11Z", "2024-03-27t18:04:11Z",
        "2024-03-27T18:04:11z", "2024-03-27T18:04:11 Z", "2024-03-27T18:04:11.0Z",
        "2024-03-27T18:04:11", "2024-03-27T18:04:11+00"}) {
    EXPECT_EQ(value_of(ValueType::datetime, text), "2024-03-27T18:04:11.000Z") << text;
  }
  EXPECT_THAT(value_of(ValueType::datetime, "2024-02-30T18:04:11Z"),
              StartsWith("INVALID_DATETIME"));
}

TEST(MappingOfDatetime, IsReadByTheRulesFormatThoughItLooksLikeIso8601) {
  PropertyRule rule = from("p", "C", ValueType::datetime);
  rule.format = "%Y-%d-%mT%H:%M:%SZ";
  rule.time_zone.table = date::locate_zone("America/New_York");
  EXPECT_EQ(value_of(rule, "2024-05-07T10:00:00Z"), "2024-07-05T14:00:00.000Z");
}

TEST(MappingOfDatetime, IsTakenInTheRulesTimeZoneWhereNoOffsetIsWritten) {
  PropertyRule rule = from("p", "C", ValueType::datetime);
  rule.time_zone.table = date::locate_zone("America/New_York");
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
  rule.time_zone.table = date::locate_zone("Asia/Tokyo");
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

}  // namespace
}  // namespace payferry

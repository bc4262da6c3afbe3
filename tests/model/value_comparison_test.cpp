#include "model/value_comparison.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

bool same(ValueKind kind, std::string_view sent, std::string_view held) {
  return is_same_value(kind, sent, held);
}

PropertyDefinition definition(std::string type, std::string field_type = "") {
  PropertyDefinition property;
  property.name = "p";
  property.type = std::move(type);
  property.field_type = std::move(field_type);
  return property;
}

TEST(ValueComparison, NumbersAreComparedAsExactDecimals) {
  EXPECT_TRUE(same(ValueKind::number, "12.50", "12.5"));
  EXPECT_TRUE(same(ValueKind::number, "-0", "0.00"));
  EXPECT_TRUE(same(ValueKind::number, "007", "7"));
  EXPECT_FALSE(same(ValueKind::number, "12.50", "12.51"));
  EXPECT_FALSE(same(ValueKind::number, "12.50", "-12.50"));
  // A binary float would take these for one.
  EXPECT_FALSE(same(ValueKind::number, "100000000000000.01", "100000000000000.02"));
}

TEST(ValueComparison, ANumberShownWithAnExponentIsTheSameNumber) {
  EXPECT_TRUE(same(ValueKind::number, "12500000", "1.25E7"));
  EXPECT_TRUE(same(ValueKind::number, "12.5", "1.25e+1"));
  EXPECT_TRUE(same(ValueKind::number, "0.0125", "1.25E-2"));
  EXPECT_FALSE(same(ValueKind::number, "12500000", "1.25E6"));
  EXPECT_FALSE(same(ValueKind::number, "1", "1E"));
  EXPECT_FALSE(same(ValueKind::number, "1", "1E999999999999"));
  EXPECT_FALSE(same(ValueKind::number, "1", "123456789012345.12345678901234567E20"));
}

TEST(ValueComparison, WhatIsNoNumberIsComparedAsText) {
  EXPECT_FALSE(same(ValueKind::number, "12.50", ""));
  EXPECT_FALSE(same(ValueKind::number, "12.50", "twelve"));
  EXPECT_TRUE(same(ValueKind::number, "1234567890123456789", "1234567890123456789"));
  EXPECT_FALSE(same(ValueKind::number, "1234567890123456789", "1234567890123456788"));
}

TEST(ValueComparison, MomentsAreTheSameInAnySpelling) {
  EXPECT_TRUE(same(ValueKind::moment, "2024-03-27T18:04:11.823Z", "2024-03-27T19:04:11.823+01:00"));
  EXPECT_TRUE(same(ValueKind::moment, "2024-03-27T18:04:11.000Z", "2024-03-27T18:04:11Z"));
  EXPECT_TRUE(same(ValueKind::moment, "1970-01-01T00:00:01.500Z", "1500"));
  EXPECT_TRUE(same(ValueKind::moment, "1969-12-31T23:59:59.000Z", "-1000"));
  EXPECT_FALSE(same(ValueKind::moment, "2024-03-27T18:04:11.823Z", "2024-03-27T18:04:11.824Z"));
  EXPECT_FALSE(same(ValueKind::moment, "2024-03-27T18:04:11.823Z", "2024-03-27"));
}

TEST(ValueComparison, ADayIsTheMidnightThatItBeginsWith) {
  EXPECT_TRUE(same(ValueKind::day, "2024-03-27", "2024-03-27"));
  EXPECT_TRUE(same(ValueKind::day, "2024-03-27", "1711497600000"));
  EXPECT_TRUE(same(ValueKind::day, "2024-03-27", "2024-03-27T00:00:00Z"));
  EXPECT_FALSE(same(ValueKind::day, "2024-03-27", "2024-03-28"));
  EXPECT_FALSE(same(ValueKind::day, "2024-03-27", "2024-03-27T01:00:00Z"));
}

TEST(ValueComparison, TextIsComparedLetterByLetterButForBlanksAtTheEnds) {
  EXPECT_TRUE(same(ValueKind::text, " Anna  ", "Anna"));
  EXPECT_FALSE(same(ValueKind::text, "Anna", "anna"));
  EXPECT_FALSE(same(ValueKind::text, "1.0", "1.00"));
  EXPECT_FALSE(same(ValueKind::text, "Anna", ""));
  EXPECT_FALSE(same(ValueKind::option, "Paid", "paid"));
}

TEST(ValueComparison, HubSpotMayLowerTheLettersOfAnEmail) {
  EXPECT_TRUE(same(ValueKind::email, "Anna@Example.com", "anna@example.com"));
  EXPECT_FALSE(same(ValueKind::email, "anna@example.com", "anne@example.com"));
}

TEST(ValueComparison, FlagsAreTheSameInAnyCase) {
  EXPECT_TRUE(same(ValueKind::flag, "true", "True"));
  EXPECT_FALSE(same(ValueKind::flag, "true", "false"));
}

TEST(ValueComparison, SeveralOptionsMayComeInAnyOrder) {
  EXPECT_TRUE(same(ValueKind::options, "a;b", "b;a"));
  EXPECT_FALSE(same(ValueKind::options, "a;b", "a"));
  EXPECT_FALSE(same(ValueKind::options, "a", "a;b"));
}

TEST(ValueComparison, OptionsThatWereAddedMayStandBesideOthers) {
  EXPECT_TRUE(same(ValueKind::options, ";a", "b;a"));
  EXPECT_FALSE(same(ValueKind::options, ";a;c", "b;a"));
}

TEST(ValueComparison, TheKindFollowsFromHubSpotsType) {
  EXPECT_EQ(kind_of(definition("number"), false), ValueKind::number);
  EXPECT_EQ(kind_of(definition("datetime"), false), ValueKind::moment);
  EXPECT_EQ(kind_of(definition("date"), false), ValueKind::day);
  EXPECT_EQ(kind_of(definition("bool"), false), ValueKind::flag);
  EXPECT_EQ(kind_of(definition("enumeration", "select"), false), ValueKind::option);
  EXPECT_EQ(kind_of(definition("enumeration", "checkbox"), false), ValueKind::options);
  EXPECT_EQ(kind_of(definition("string"), false), ValueKind::text);
  EXPECT_EQ(kind_of(definition("string"), true), ValueKind::email);
}

}  // namespace
}  // namespace payferry

#include "loader/verify/record_comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/verify/verify_samples.hpp"

namespace payferry::test {
namespace {

using testing::Contains;
using testing::Not;
using testing::SizeIs;

class RecordComparisonTest : public testing::Test {
 protected:
  PropertySchema schema_ = payment_schema();
  RecordComparison comparison_{payment_rules(), schema_};
};

TEST_F(RecordComparisonTest, EachPropertyIsComparedAsItsType) {
  const PropertyList sent{{"hs_currency_code", "GBP"},
                          {"hs_customer_email", "Anna@Example.com"},
                          {"hs_initial_amount", "12.50"},
                          {"hs_initiated_date", "2024-03-27T18:04:11.000Z"}};
  const PropertyList held{{"hs_currency_code", "GBP"},
                          {"hs_customer_email", "anna@example.com"},
                          {"hs_initial_amount", "12.5"},
                          {"hs_initiated_date", "2024-03-27T18:04:11Z"}};
  EXPECT_EQ(comparison_.compare(sent, held).kind, FindingKind::same);
}

TEST_F(RecordComparisonTest, ADifferenceNamesThePropertyAndBothValues) {
  const PropertyList sent{{"hs_currency_code", "GBP"}, {"hs_initial_amount", "12.50"}};
  const PropertyList held{{"hs_currency_code", "GBP"}, {"hs_initial_amount", "12.51"}};
  const Finding finding = comparison_.compare(sent, held);
  EXPECT_EQ(finding.kind, FindingKind::differs);
  ASSERT_THAT(finding.differences, SizeIs(1));
  EXPECT_EQ(finding.differences[0].property, "hs_initial_amount");
  EXPECT_EQ(finding.differences[0].source, "12.50");
  EXPECT_EQ(finding.differences[0].hubspot, "12.51");
}

TEST_F(RecordComparisonTest, AValueThatWasClearedIsADifference) {
  const PropertyList sent{{"hs_initial_amount", "12.50"}};
  for (const PropertyList& held : {PropertyList{}, PropertyList{{"hs_initial_amount", ""}}}) {
    const Finding finding = comparison_.compare(sent, held);
    ASSERT_THAT(finding.differences, SizeIs(1));
    EXPECT_EQ(finding.differences[0].hubspot, std::nullopt);
  }
}

TEST_F(RecordComparisonTest, WhatWasNotSentMayBeAnything) {
  const PropertyList sent{{"hs_initial_amount", "12.50"}};
  const PropertyList held{{"hs_currency_code", "USD"}, {"hs_initial_amount", "12.50"}};
  EXPECT_EQ(comparison_.compare(sent, held).kind, FindingKind::same);
}

TEST_F(RecordComparisonTest, WhatHubSpotCalculatesIsNotComparedNorAskedFor) {
  const PropertyList sent{{"hs_net_amount", "12.50"}};
  const PropertyList held{{"hs_net_amount", "11.00"}};
  EXPECT_EQ(comparison_.compare(sent, held).kind, FindingKind::same);
  EXPECT_THAT(comparison_.properties(), Not(Contains("hs_net_amount")));
  EXPECT_THAT(comparison_.properties(), Contains("hs_initial_amount"));
  EXPECT_THAT(comparison_.properties(), Contains("payferry_run"));
}

TEST_F(RecordComparisonTest, APropertyThatTheAccountNoLongerHasIsADifference) {
  MappingRules rules = payment_rules();
  rules.properties.push_back(rule_of("legacy_id"));
  const RecordComparison comparison(rules, schema_);
  EXPECT_THAT(comparison.properties(), Contains("legacy_id"));
  EXPECT_EQ(comparison.compare({{"legacy_id", "7"}}, {}).kind, FindingKind::differs);
}

TEST_F(RecordComparisonTest, AmountsAreReadFromWhatHubSpotHolds) {
  const PropertyList sent{{"hs_currency_code", "GBP"}, {"hs_initial_amount", "12.50"}};
  const HeldAmount held =
      comparison_.amount_of(sent, {{"hs_currency_code", "USD"}, {"hs_initial_amount", "1.3E1"}});
  EXPECT_EQ(held.currency, Currency::parse("USD"));
  EXPECT_EQ(held.amount, Decimal(13, 0));
}

TEST_F(RecordComparisonTest, AmountsThatWereNotSentAreNotCounted) {
  const HeldAmount held =
      comparison_.amount_of({}, {{"hs_currency_code", "USD"}, {"hs_initial_amount", "13"}});
  EXPECT_EQ(held.currency, Currency());
  EXPECT_EQ(held.amount, std::nullopt);
}

}  // namespace
}  // namespace payferry::test

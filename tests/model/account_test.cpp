#include "model/account.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kForeign[] = {
    "", "<html>", "{}", "[]", R"({"message":"no"})", R"({"results":7})"};

Currency currency(std::string_view code) {
  return Currency::parse(code).value();
}

TEST(Account, ReadsItsDetails) {
  const auto details = decode_account_details(
      R"({"portalId":2519445,"accountType":"STANDARD","timeZone":"US/Eastern","companyCurrency":"USD",
          "additionalCurrencies":["EUR","USD","nonsense",5,"GBP"],"utcOffset":"-05:00","utcOffsetMilliseconds":-18000000,
          "uiDomain":"app.hubspot.com","dataHostingLocation":"na1"})");
  ASSERT_TRUE(details);
  EXPECT_EQ(details->portal_id, "2519445");
  EXPECT_EQ(details->time_zone, "US/Eastern");
  EXPECT_EQ(details->utc_offset, std::chrono::hours(-5));
  EXPECT_EQ(details->company_currency, currency("USD"));
  EXPECT_THAT(details->currencies, ElementsAre(currency("USD"), currency("EUR"), currency("GBP")));
  for (const std::string_view body : kForeign) EXPECT_FALSE(decode_account_details(body)) << body;
}

TEST(Account, ReadsPartOfItsDetails) {
  const auto details = decode_account_details(R"({"timeZone":"UTC","utcOffsetMilliseconds":null})");
  ASSERT_TRUE(details);
  EXPECT_FALSE(details->utc_offset);
  EXPECT_FALSE(details->company_currency);
  EXPECT_THAT(details->currencies, IsEmpty());
}

TEST(Account, ReadsTheDaysUsage) {
  const auto usage = decode_daily_usage(
      R"({"results":[{"name":"other","usageLimit":0},{"name":"private-apps-api-calls-daily","usageLimit":250000,"currentUsage":1234,
          "collectedAt":"2026-11-23T10:00:00Z","fetchStatus":"SUCCESS","resetsAt":"2026-11-24T05:00:00Z"}]})");
  ASSERT_TRUE(usage);
  EXPECT_EQ(usage->limit, 250'000U);
  EXPECT_EQ(usage->used, 1234U);
  EXPECT_FALSE(decode_daily_usage(R"({"results":[]})"));
  EXPECT_FALSE(decode_daily_usage(R"({"results":[{"usageLimit":-5},{"usageLimit":1.5}]})"));
  for (const std::string_view body : kForeign) EXPECT_FALSE(decode_daily_usage(body)) << body;
}

TEST(Account, ReadsAssociationLabels) {
  const auto labels = decode_association_labels(
      R"({"results":[{"category":"USER_DEFINED","typeId":36,"label":"Payer"},{"category":"HUBSPOT_DEFINED","typeId":387,"label":null},{"category":"X"}]})");
  ASSERT_TRUE(labels);
  ASSERT_THAT(*labels, SizeIs(2));
  EXPECT_EQ((*labels)[0].label, "Payer");
  const AssociationLabel* const label = default_label(*labels);
  ASSERT_NE(label, nullptr);
  EXPECT_EQ(label->type_id, 387U);
  for (const std::string_view body : kForeign)
    EXPECT_FALSE(decode_association_labels(body)) << body;
}

TEST(Account, TakesNoAssociationByGuess) {
  const AssociationLabel primary{1, "HUBSPOT_DEFINED", "Primary"};
  const AssociationLabel plain{2, "HUBSPOT_DEFINED", ""};
  const AssociationLabel second{3, "HUBSPOT_DEFINED", "Second"};
  const AssociationLabel own{4, "USER_DEFINED", ""};
  const auto type_of = [](const std::vector<AssociationLabel>& labels) {
    const AssociationLabel* const label = default_label(labels);
    return label == nullptr ? 0U : label->type_id;
  };
  EXPECT_EQ(type_of({primary, plain, second}), 2U);
  EXPECT_EQ(type_of({own, primary}), 1U);
  EXPECT_EQ(type_of({primary, second}), 0U);
  EXPECT_EQ(type_of({own}), 0U);
  EXPECT_EQ(type_of({}), 0U);
}

}  // namespace
}  // namespace payferry

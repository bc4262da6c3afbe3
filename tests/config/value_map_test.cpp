#include "config/value_map.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(StatusMap, HasEachKnownWordOnceAndListsTheOthers) {
  const StatusMap map = status_map({"Paid", "weird", "Paid", "teilweise erstattet"});
  EXPECT_EQ(map.entries, R"(Paid = "succeeded", "teilweise erstattet" = "partially_refunded")");
  EXPECT_EQ(map.unknown, R"("weird")");
}

TEST(StatusMap, IsNeverEmptyAndShowsNoSecret) {
  EXPECT_EQ(status_map({}).entries, R"(paid = "succeeded")");
  EXPECT_EQ(status_map({"pat-na1-0123abcd-4567"}).unknown, "");
}

TEST(StatusMap, KnowsHubSpotsOwnWords) {
  EXPECT_EQ(status_map({"processing", "succeeded", "failed", "partially_refunded", "refunded",
                        "processing_refund", "disputed_won", "disputed_lost",
                        "disputed_action_required", "disputed_awaiting_decision"})
                .unknown,
            "");
}

TEST(StatusMap, ShowsNoCardNumber) {
  EXPECT_EQ(status_map({"4111 1111 1111 1111"}).unknown, R"("**** **** **** 1111")");
}

TEST(MethodMap, TakesWhatItDoesNotKnowForOther) {
  EXPECT_EQ(method_map({"Visa", "Bar", "x"}), R"(Bar = "cash", Visa = "card", "*" = "other")");
}

TEST(UpperCaseMap, IsThereOnlyWhereACodeIsNotInUpperCase) {
  EXPECT_EQ(upper_case_map({"EUR", "USD"}), "");
  EXPECT_EQ(upper_case_map({"eur", "USD"}), R"(USD = "USD", eur = "EUR")");
  EXPECT_EQ(upper_case_map({"eur", "no code"}), R"(eur = "EUR")");
}

}  // namespace
}  // namespace payferry

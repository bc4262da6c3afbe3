#include "model/nearest_name.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace payferry {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("window", "window"), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("requests", "request"), 1U);
  EXPECT_EQ(edit_distance("format", "formst"), 1U);
  EXPECT_EQ(edit_distance("amount", "amuont"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(EditDistance, IgnoresCase) {
  EXPECT_EQ(edit_distance("Amount", "AMOUNT"), 0U);
}

TEST(NearestName, FindsTheCandidateThatWasMeant) {
  const std::vector<std::string_view> keys{"requests", "window", "daily_reserve"};
  EXPECT_EQ(nearest_name("reqests", keys), "requests");
  EXPECT_EQ(nearest_name("daily-reserve", keys), "daily_reserve");
}

TEST(NearestName, PrefersTheNearer) {
  const std::vector<std::string> columns{"Amount net", "Amount", "Account"};
  EXPECT_EQ(nearest_name("Amounts", columns), "Amount");
}

TEST(NearestName, OffersNothingWhereNothingIsNear) {
  const std::vector<std::string_view> keys{"requests", "window"};
  EXPECT_EQ(nearest_name("proxy", keys), std::nullopt);
  EXPECT_EQ(nearest_name("", std::span<const std::string_view>()), std::nullopt);
}

TEST(NearestName, DoesNotChokeOnAHugeName) {
  const std::vector<std::string> columns{"Amount"};
  EXPECT_EQ(nearest_name(std::string(1'000'000, 'x'), columns), std::nullopt);
}

}  // namespace
}  // namespace payferry

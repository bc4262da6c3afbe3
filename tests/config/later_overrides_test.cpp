#include "config/later_overrides.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::ElementsAre;

std::vector<std::string> laid_over(std::vector<std::string> before,
                                   const std::vector<std::string>& now) {
  ConfigSource config;
  config.overrides = std::move(before);
  add_later_overrides(config, now);
  return config.overrides;
}

TEST(LaterOverrides, ComeLast) {
  EXPECT_THAT(laid_over({"limits.requests=1", "hubspot.token_env=A"},
                        {"limits.requests=2", "hubspot.token_env=B"}),
              ElementsAre("limits.requests=1", "hubspot.token_env=A", "limits.requests=2",
                          "hubspot.token_env=B"));
}

TEST(LaterOverrides, AnotherTokenSourceTakesThePlaceOfTheOneBefore) {
  EXPECT_THAT(
      laid_over({"hubspot.oauth.client_id_env=I", "hubspot.token_file=t", "limits.window=2s"},
                {"hubspot.token_env=B"}),
      ElementsAre("limits.window=2s", "hubspot.token_env=B"));
  EXPECT_THAT(laid_over({"hubspot.oauth.client_id_env=I", "hubspot.token_file=t"},
                        {"hubspot.oauth.client_id_env=J"}),
              ElementsAre("hubspot.oauth.client_id_env=I", "hubspot.oauth.client_id_env=J"));
}

TEST(LaterOverrides, TwoTokenSourcesSaidTogetherAreKept) {
  EXPECT_THAT(laid_over({}, {"hubspot.token_env=B", "hubspot.token_file=t"}),
              ElementsAre("hubspot.token_env=B", "hubspot.token_file=t"));
}

TEST(LaterOverrides, OtherKeysAreNoTokenSource) {
  EXPECT_THAT(
      laid_over({"hubspot.token_environment=x", "input.token_file=t"}, {"hubspot.token_env=B"}),
      ElementsAre("hubspot.token_environment=x", "input.token_file=t", "hubspot.token_env=B"));
}

}  // namespace
}  // namespace payferry

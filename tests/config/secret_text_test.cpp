#include "config/secret_text.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(SecretText, FindsATokenWhereverItStands) {
  EXPECT_EQ(find_token("pat-na1-0123abcd-4567"), 0U);
  EXPECT_EQ(find_token("x = pat-eu1-0123abcd-4567"), 4U);
  EXPECT_EQ(find_token("pat-na1-x pat-na1-0123abcd"), 10U);
}

TEST(SecretText, DoesNotTakeOtherWordsForATokens) {
  for (const char* text : {"", "pat-", "pat-na1-", "compat-layer", "pat-terns-", "pat-eu1-xyz"}) {
    EXPECT_EQ(find_token(text), std::string_view::npos) << text;
  }
}

TEST(SecretText, ShowsNoSecret) {
  EXPECT_EQ(shown_text("pat-na1-0123abcd-4567"), "(a secret, not shown)");
  EXPECT_EQ(shown_text("Bearer abc"), "(a secret, not shown)");
  EXPECT_EQ(shown_text("http://ann:geheim@proxy:3128"), "(a secret, not shown)");
}

TEST(SecretText, ShowsOtherTextShortAndOnOneLine) {
  EXPECT_EQ(shown_text("a\tb\nc\x01"), "\"a\\tb\\nc?\"");
  EXPECT_EQ(shown_text(std::string(61, 'x')), '"' + std::string(60, 'x') + "…\"");
  EXPECT_EQ(shown_text(std::string(59, 'x') + "€"), '"' + std::string(59, 'x') + "…\"");
}

TEST(SecretText, KnowsTheKeysThatSecretsAreWrittenTo) {
  for (const char* key : {"token", "access_token", "client_secret", "API_KEY", "password"}) {
    EXPECT_TRUE(names_a_secret(key)) << key;
  }
  EXPECT_FALSE(names_a_secret("proxy"));
}

}  // namespace
}  // namespace payferry

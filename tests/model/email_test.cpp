#include "model/email.hpp"

#include <gtest/gtest.h>

#include <string>

namespace payferry {
namespace {

TEST(Email, IsTakenInItsUsualForms) {
  for (const char* text :
       {"a@b.co", "customer@example.com", "first.last+tag@sub.example.co.uk", "o'brien@example.ie",
        "x_1%y@ex-ample.museum", "münchen@bücher.example", "1@2.com", "a@xn--bcher-kva.example"}) {
    EXPECT_TRUE(is_email(text)) << text;
  }
}

TEST(Email, IsRefusedWhereMailCouldNotArrive) {
  for (const char* text :
       {"",          "a",        "@",       "a@",        "@b.co",      "a@b",           "a@b.",
        "a@.co",     "a@b..co",  "a@@b.co", "a@b@c.co",  "a b@c.co",   "a@b c.co",      " a@b.co",
        "a@b.co ",   ".a@b.co",  "a.@b.co", "a..b@c.co", "a@-b.co",    "a@b-.co",       "a@b.c",
        "a@1.2.3.4", "a,b@c.co", "a@b,co",  "<a@b.co>",  "\"a\"@b.co", "a@b.co;c@d.co", "a@b_c.co",
        "a\n@b.co"}) {
    EXPECT_FALSE(is_email(text)) << text;
  }
}

TEST(Email, IsRefusedWhereAPartIsTooLong) {
  EXPECT_TRUE(is_email(std::string(64, 'a') + "@b.co"));
  EXPECT_FALSE(is_email(std::string(65, 'a') + "@b.co"));
  EXPECT_TRUE(is_email("a@" + std::string(63, 'b') + ".co"));
  EXPECT_FALSE(is_email("a@" + std::string(64, 'b') + ".co"));
  std::string many_labels = "a@";
  for (int i = 0; i < 130; ++i) many_labels += "b.";
  EXPECT_FALSE(is_email(many_labels + "co"));
}

}  // namespace
}  // namespace payferry

#include "bench/simulator/core/property_value.hpp"

#include <gtest/gtest.h>

namespace payferry::simulator {
namespace {

std::string code_of(PropertyType type, std::string_view value, bool bare_date = false) {
  const PropertyDefinition property{.name = "p", .type = type, .options = {"succeeded", "failed"}};
  const auto problem = check_value(property, value, bare_date);
  return problem ? problem->code : "";
}

std::string message_of(PropertyType type, std::string_view value) {
  const PropertyDefinition property{.name = "p", .type = type, .options = {"succeeded", "failed"}};
  return check_value(property, value, false)->message;
}

TEST(PropertyValue, NumbersAreDigitsWithOneSignAndOnePoint) {
  for (const char* good : {"0", "12.50", "-3", "-0.5", ".5", "5."}) {
    EXPECT_EQ(code_of(PropertyType::number, good), "") << good;
  }
  for (const char* bad : {"1,50", "1 000", "1.2.3", "1e3", "+1", "--1", "abc", ".", "-", "1-"}) {
    EXPECT_EQ(code_of(PropertyType::number, bad), "INVALID_INTEGER") << bad;
  }
}

TEST(PropertyValue, DatetimesAreIsoWithMillisecondsAtMostOrEpochMilliseconds) {
  for (const char* good : {"2024-03-27T18:04:11.823Z", "2024-03-27T18:04:11Z",
                           "2024-03-27T18:04:11+01:00", "1711562651823"}) {
    EXPECT_EQ(code_of(PropertyType::datetime, good), "") << good;
  }
  for (const char* bad :
       {"tomorrow", "2024-02-30T00:00:00Z", "2019-05-13T12:05:53.602759Z", "27/03/2024"}) {
    EXPECT_EQ(code_of(PropertyType::datetime, bad), "INVALID_LONG") << bad;
  }
  EXPECT_EQ(message_of(PropertyType::datetime, "tomorrow"), "tomorrow was not a valid long.");
}

TEST(PropertyValue, ABareDateInADatetimeGoesByTheSwitch) {
  EXPECT_EQ(code_of(PropertyType::datetime, "2024-03-27", false), "INVALID_LONG");
  EXPECT_EQ(code_of(PropertyType::datetime, "2024-03-27", true), "");
}

TEST(PropertyValue, DatesAreDaysOrMidnightUtc) {
  EXPECT_EQ(code_of(PropertyType::date, "2024-03-27"), "");
  EXPECT_EQ(code_of(PropertyType::date, "1711497600000"), "");
  EXPECT_EQ(code_of(PropertyType::date, "2024-13-01"), "INVALID_LONG");
  EXPECT_EQ(code_of(PropertyType::date, "1711562651823"), "INVALID_DATE");
  EXPECT_EQ(message_of(PropertyType::date, "1711562651823"),
            "1711562651823 is at 18:04:11.0 UTC, not midnight!");
}

TEST(PropertyValue, OptionsMatchExactly) {
  EXPECT_EQ(code_of(PropertyType::enumeration, "failed"), "");
  EXPECT_EQ(code_of(PropertyType::enumeration, "Failed"), "INVALID_OPTION");
  EXPECT_EQ(message_of(PropertyType::enumeration, "paid"),
            "paid was not one of the allowed options: [succeeded, failed]");
}

TEST(PropertyValue, BooleansAndEmailsAreChecked) {
  EXPECT_EQ(code_of(PropertyType::boolean, "true"), "");
  EXPECT_EQ(code_of(PropertyType::boolean, "yes"), "INVALID_BOOLEAN");
  EXPECT_EQ(code_of(PropertyType::email, "a.b@example.com"), "");
  for (const char* bad :
       {"a", "@example.com", "a@", "a@b", "a b@example.com", "a@b@example.com", "a@x."}) {
    EXPECT_EQ(code_of(PropertyType::email, bad), "INVALID_EMAIL") << bad;
  }
  EXPECT_EQ(code_of(PropertyType::text, "anything, at \"all\""), "");
}

TEST(PropertyValue, MomentsAreReadInEveryFormThatIsTaken) {
  const Instant moment = *parse_iso8601("2024-03-27T00:00:00Z");
  EXPECT_EQ(read_moment("2024-03-27"), moment);
  EXPECT_EQ(read_moment("1711497600000"), moment);
  EXPECT_EQ(read_moment("2024-03-27T01:00:00+01:00"), moment);
  EXPECT_TRUE(is_shown_moment("2024-03-27T00:00:00.000Z"));
  EXPECT_FALSE(is_shown_moment("2024-03-27T00:00:00Z"));
}

}  // namespace
}  // namespace payferry::simulator

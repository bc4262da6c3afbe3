#include "model/stop_failure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::HasSubstr;

AnsweredError says(std::string message, std::string category = "") {
  AnsweredError error;
  error.message = std::move(message);
  error.category = std::move(category);
  return error;
}

TEST(StopFailure, QuotesHubSpotBetweenFaultAndRemedy) {
  EXPECT_EQ(stop_for_endpoint(404, says("No such thing. ")).stop_text,
            "There is no such endpoint (404): No such thing. Check [hubspot] object, api_version "
            "and base_url.");
  EXPECT_EQ(stop_for_endpoint(410, says("")).stop_text,
            "There is no such endpoint (410). Check [hubspot] object, api_version and base_url.");
}

TEST(StopFailure, DoesNothingToTheRecords) {
  EXPECT_EQ(stop_for_redirect(302).fate, FateKind::not_done);
  EXPECT_EQ(stop_for_redirect(302).reaction, Reaction::stop);
}

TEST(StopFailure, AnExpiredTokenMayBeRefreshed) {
  AnsweredError error = says("expired 75 second(s) ago.", "EXPIRED_AUTHENTICATION");
  EXPECT_EQ(stop_for_token(error).reaction, Reaction::refresh);
  error.message = "expired 20336 day(s) ago.";
  EXPECT_EQ(stop_for_token(error).reaction, Reaction::stop);
  for (const std::string_view message : {"", " day(s) ago", "x day(s) ago", "5 day(s) ago"}) {
    error.message = message;
    EXPECT_EQ(stop_for_token(error).reaction, Reaction::refresh) << message;
  }
}

TEST(StopFailure, MissingScopesAreNamedOrQuoted) {
  AnsweredError error = says("not granted.", "MISSING_SCOPES");
  EXPECT_THAT(stop_for_permission(error).stop_text, HasSubstr(": not granted. Add"));
  error.required_scopes = {"a.read", "a.write"};
  EXPECT_THAT(stop_for_permission(error).stop_text, HasSubstr("one of a.read, a.write."));
}

TEST(StopFailure, OnlyWhatEveryRecordWouldMeetConcernsTheRun) {
  EXPECT_TRUE(stop_for_run(says("Unable to infer object type from: x")));
  EXPECT_TRUE(stop_for_run(says("Unable to perform update/upsert by non-unique 0-2 property x")));
  EXPECT_TRUE(stop_for_run(says("no", "MISSING_SCOPES")));
  EXPECT_TRUE(stop_for_run(says("no", "BAD_CLIENT_ID")));
  EXPECT_FALSE(stop_for_run(says("x was not one of the allowed options", "VALIDATION_ERROR")));
}

}  // namespace
}  // namespace payferry

#include "model/api_error.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

AnsweredError read(std::string_view body) {
  AnsweredError error;
  JsonReader reader(body);
  read_error(reader, error);
  EXPECT_TRUE(reader.finished());
  return error;
}

TEST(ApiError, ReadsAnErrorInsideAnError) {
  const AnsweredError error = read(R"({"error":{"code":403,"message":"inner"}})");
  EXPECT_EQ(error.message, "inner");
  EXPECT_EQ(error.code, "403");
}

TEST(ApiError, RetryAfterIsSecondsOrNothing) {
  EXPECT_EQ(read(R"({"retry_after":12})").retry_after, std::chrono::seconds(12));
  EXPECT_EQ(read(R"({"retry_after":"12"})").retry_after, std::chrono::seconds(12));
  EXPECT_FALSE(read(R"({"retry_after":null})").retry_after);
  EXPECT_FALSE(read(R"({"retry_after":-3})").retry_after);
  EXPECT_FALSE(read(R"({"retry_after":99999999999999})").retry_after);
  EXPECT_EQ(read(R"({"retry_after":4294967295})").retry_after, std::chrono::hours(24));
}

}  // namespace
}  // namespace payferry

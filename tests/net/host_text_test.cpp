#include "net/host_text.hpp"

#include <gtest/gtest.h>

#include "net/setup_error.hpp"

namespace payferry {
namespace {

TEST(HostTextTest, TheHostHeaderLeavesOutTheUsualPort) {
  EXPECT_EQ(host_header(*parse_base_url("https://api.hubapi.com")), "api.hubapi.com");
  EXPECT_EQ(host_header(*parse_base_url("https://api.hubapi.com:8443")), "api.hubapi.com:8443");
  EXPECT_EQ(host_header(*parse_base_url("http://localhost:443")), "localhost:443");
  EXPECT_EQ(host_header(*parse_base_url("https://[::1]")), "[::1]");
  EXPECT_EQ(host_header(*parse_base_url("https://[::1]:8443")), "[::1]:8443");
}

TEST(HostTextTest, OnlyHttpsAndAllowedLoopbackHttpAreUsable) {
  EXPECT_EQ(usable_base_url("https://api.hubapi.com/x/", false).path, "/x");
  EXPECT_EQ(usable_base_url("http://[::1]:8080", true).port, 8080);
  EXPECT_THROW(usable_base_url("http://127.0.0.1", false), SetupError);
  EXPECT_THROW(usable_base_url("http://127.0.0.1.example", true), SetupError);
  EXPECT_THROW(usable_base_url("api.hubapi.com", true), SetupError);
}

}  // namespace
}  // namespace payferry

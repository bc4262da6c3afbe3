#include "config/base_url.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(BaseUrl, SplitsAUrl) {
  const auto url = parse_base_url("https://127.0.0.1:8443/hub/");
  ASSERT_TRUE(url.has_value());
  EXPECT_TRUE(url->secure);
  EXPECT_EQ(url->host, "127.0.0.1");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->path, "/hub");
}

TEST(BaseUrl, KnowsTheDefaultPorts) {
  EXPECT_EQ(parse_base_url("https://api.hubapi.com")->port, 443);
  EXPECT_EQ(parse_base_url("http://localhost/")->port, 80);
  EXPECT_EQ(parse_base_url("http://localhost/")->path, "");
}

TEST(BaseUrl, TakesAnIpv6AddressInBrackets) {
  EXPECT_EQ(parse_base_url("http://[::1]:80")->host, "::1");
  EXPECT_EQ(parse_base_url("http://[::1]")->port, 80);
}

TEST(BaseUrl, RefusesWhatIsNoServer) {
  for (const char* text : {"", "api.hubapi.com", "ftp://x", "https://", "https://:443",
                           "https://a:0", "https://a:65536", "https://a:x", "https://u:p@a",
                           "https://a/?q", "https://a/#f", "https://a b", "https://[::1",
                           "https://[]", "https://a\n", "https://a/\r\nX: y", "https://[::1]x"}) {
    EXPECT_FALSE(parse_base_url(text).has_value()) << text;
  }
}

TEST(Loopback, IsThisMachineOnly) {
  for (const char* host : {"localhost", "127.0.0.1", "127.1.2.3", "::1"})
    EXPECT_TRUE(is_loopback(host)) << host;
  for (const char* host : {"127.0.0.1.example.com", "10.0.0.1", "127.example.com",
                           "localhost.example.com", "0.0.0.0", "128.0.0.1", ""}) {
    EXPECT_FALSE(is_loopback(host)) << host;
  }
}

}  // namespace
}  // namespace payferry

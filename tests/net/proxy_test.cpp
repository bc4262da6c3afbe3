#include "net/proxy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "net/setup_error.hpp"
#include "support/wire_fixture.hpp"

namespace payferry {
namespace {

using test::http_answer;
using test::PeerStream;
using testing::HasSubstr;

class ProxyChoiceTest : public testing::Test {
 protected:
  std::optional<Proxy> choose(std::optional<std::string> setting,
                              const std::string& url = "https://api.hubapi.com") {
    const auto look_up = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = environment_.find(name);
      return found == environment_.end() ? std::nullopt : std::optional(found->second);
    };
    return choose_proxy(setting, *parse_base_url(url), look_up);
  }
  std::map<std::string, std::string> environment_;
};

TEST_F(ProxyChoiceTest, WithoutSettingAndEnvironmentThereIsNone) {
  EXPECT_FALSE(choose(std::nullopt));
}

TEST_F(ProxyChoiceTest, TheSettingWinsOverTheEnvironment) {
  environment_["HTTPS_PROXY"] = "http://other:1";
  environment_["NO_PROXY"] = "*";
  const auto proxy = choose("http://proxy.example:3128/");
  ASSERT_TRUE(proxy);
  EXPECT_EQ(proxy->host, "proxy.example");
  EXPECT_EQ(proxy->port, 3128);
  EXPECT_EQ(proxy->authorization, "");
}

TEST_F(ProxyChoiceTest, TheEnvironmentIsHonouredInBothSpellings) {
  environment_["https_proxy"] = "lower:1";
  EXPECT_EQ(choose(std::nullopt)->host, "lower");
  environment_ = {{"HTTPS_PROXY", "http://upper:2"}};
  EXPECT_EQ(choose(std::nullopt)->host, "upper");
  environment_["HTTPS_PROXY"] = "";
  EXPECT_FALSE(choose(std::nullopt));
}

TEST_F(ProxyChoiceTest, NoProxyNamesHostsSuffixesAndAll) {
  environment_["HTTPS_PROXY"] = "http://proxy:1";
  const auto is_bypassed = [this](const std::string& exceptions) {
    environment_["NO_PROXY"] = exceptions;
    return !choose(std::nullopt).has_value();
  };
  for (const auto* hit : {"*", "api.hubapi.com", "hubapi.com", ".hubapi.com", "*.hubapi.com",
                          "a.example, hubapi.com ", "api.hubapi.com:443"}) {
    EXPECT_TRUE(is_bypassed(hit)) << hit;
  }
  for (const auto* miss : {"", ",", "pi.hubapi.com", "xhubapi.com", "api.hubapi.com.evil",
                           "api.hubapi.com:8443", "."}) {
    EXPECT_FALSE(is_bypassed(miss)) << miss;
  }
}

TEST_F(ProxyChoiceTest, TheEnvironmentsProxyIsNotForLoopback) {
  environment_["HTTPS_PROXY"] = "http://proxy:1";
  EXPECT_FALSE(choose(std::nullopt, "https://127.0.0.1:8443"));
  EXPECT_FALSE(choose(std::nullopt, "https://localhost:8443"));
  EXPECT_FALSE(choose(std::nullopt, "https://[::1]:8443"));
  EXPECT_TRUE(choose("http://proxy:1", "https://127.0.0.1:8443"));
}

TEST_F(ProxyChoiceTest, CredentialsInTheUrlBecomeBasic) {
  const auto proxy = choose("http://user:p%40ss@proxy:3128");
  EXPECT_EQ(proxy->authorization, "Basic dXNlcjpwQHNz");
  EXPECT_EQ(proxy->host, "proxy");
  EXPECT_EQ(choose("http://user@proxy:3128")->authorization, "Basic dXNlcjo=");
}

TEST_F(ProxyChoiceTest, WhatIsNoHttpProxyIsRefusedWithoutRepeatingTheCredentials) {
  for (const auto* text :
       {"socks5://user:hidden@proxy:1", "https://user:hidden@proxy:1", "http://user:hidden@:1",
        "http://user:hidden@proxy:99999", "http://user:hidden@proxy:1/path", ""}) {
    try {
      choose(text);
      ADD_FAILURE() << text;
    } catch (const SetupError& error) {
      EXPECT_THAT(error.what(), testing::Not(HasSubstr("hidden")));
      EXPECT_THAT(error.what(), HasSubstr("proxy"));
    }
  }
}

/// A proxy that opens the way to a server behind it in the same process.
class ProxyTest : public testing::Test, public test::WireFixture {
 protected:
  /// The way is open: from here on the stream would be the server's; the script plays it in plain
  /// HTTP.
  static void open_and_serve(PeerStream& stream, std::string& connect) {
    connect = stream.read_request();
    stream.write("HTTP/1.1 200 Connection established\r\nContent-Length: 7\r\n\r\n");
    while (!stream.read_request().empty()) stream.write(http_answer(200, "behind"));
  }
  void go_through(test::ScriptedPeer& proxy, const std::string& credentials = "") {
    hubspot.base_url = "http://127.0.0.1:9";
    hubspot.allow_http = true;
    hubspot.proxy = "http://" + credentials + "127.0.0.1:" + std::to_string(proxy.port());
  }
};

TEST_F(ProxyTest, TheWayIsOpenedByConnect) {
  std::string connect;
  test::ScriptedPeer proxy([&](PeerStream& stream) { open_and_serve(stream, connect); });
  go_through(proxy);
  EXPECT_EQ(post("{}").body, "behind");
  EXPECT_EQ(post("{}").body, "behind");
  EXPECT_EQ(connect, "CONNECT 127.0.0.1:9 HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n");
  EXPECT_EQ(proxy.connections(), 1);
}

TEST_F(ProxyTest, CredentialsAreShownToTheProxyOnly) {
  std::string connect;
  test::ScriptedPeer proxy([&](PeerStream& stream) { open_and_serve(stream, connect); });
  go_through(proxy, "user:secret@");
  EXPECT_EQ(post("{}").body, "behind");
  EXPECT_THAT(connect, HasSubstr("Proxy-Authorization: Basic dXNlcjpzZWNyZXQ=\r\n"));
}

TEST_F(ProxyTest, ARefusalIsToldInOneSentenceAndNothingIsSent) {
  int status = 0;
  test::ScriptedPeer proxy([&](PeerStream& stream) {
    stream.read_request();
    stream.write(http_answer(status, "<html>denied</html>"));
    stream.read_to_end();
  });
  status = 407;
  go_through(proxy);
  Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::not_sent);
  EXPECT_EQ(answer.failure_kind, FailureKind::proxy_refused);
  EXPECT_THAT(answer.failure, HasSubstr("it wants credentials"));
  pool.reset();
  go_through(proxy, "user:secret@");
  answer = post("{}");
  EXPECT_THAT(answer.failure, HasSubstr("does not take the credentials"));
  EXPECT_THAT(answer.failure, testing::Not(HasSubstr("secret")));
  pool.reset();
  status = 403;
  answer = post("{}");
  EXPECT_THAT(answer.failure, HasSubstr("answered 403"));
  EXPECT_EQ(listener.count, 0);
}

TEST_F(ProxyTest, AProxyThatIsNotThereOrNoProxyIsTold) {
  hubspot.base_url = "http://127.0.0.1:9";
  hubspot.allow_http = true;
  hubspot.proxy = "127.0.0.1:" + std::to_string(test::refused_port());
  Answer answer = post("{}");
  EXPECT_EQ(answer.failure_kind, FailureKind::refused_or_unreachable);
  EXPECT_THAT(answer.failure, HasSubstr("the proxy 127.0.0.1:"));
  pool.reset();
  test::ScriptedPeer no_proxy(
      [](PeerStream& stream) { stream.write("220 mail.example ESMTP\r\n"); });
  go_through(no_proxy);
  answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::not_sent);
  EXPECT_EQ(answer.failure_kind, FailureKind::proxy_refused);
}

}  // namespace
}  // namespace payferry

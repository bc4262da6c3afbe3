#include "config/token_source.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

namespace payferry {
namespace {

Environment with(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

/// A file with a token, gone at the end of the test.
class TokenFile {
 public:
  TokenFile(const std::string& text, std::filesystem::perms permissions)
      : directory_(std::filesystem::path(testing::TempDir()) /
                   ("payferry-token-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(directory_);
    std::ofstream(path()) << text;
    std::filesystem::permissions(path(), permissions);
  }
  ~TokenFile() { std::filesystem::remove_all(directory_); }

  std::string path() const { return (directory_ / "token").string(); }
  std::string directory() const { return directory_.string(); }

 private:
  std::filesystem::path directory_;
};

constexpr auto kPrivate = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
constexpr auto kOpen =
    kPrivate | std::filesystem::perms::group_read | std::filesystem::perms::others_read;

HubSpotSettings with_file(std::string path) {
  HubSpotSettings settings;
  settings.token_file = std::move(path);
  return settings;
}

TEST(TokenSource, ReadsHubspotTokenUnlessTold) {
  const auto token = read_token({}, with({{"HUBSPOT_TOKEN", "abc"}}));
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(token->secret.reveal(), "abc");
  EXPECT_EQ(token->warning, "");
}

TEST(TokenSource, ReadsTheVariableThatIsNamed) {
  HubSpotSettings settings;
  settings.token_env = "OTHER";
  EXPECT_EQ(
      read_token(settings, with({{"HUBSPOT_TOKEN", "abc"}, {"OTHER", "xyz\n"}}))->secret.reveal(),
      "xyz");
}

TEST(TokenSource, SaysWhatToDoWithoutAToken) {
  EXPECT_EQ(read_token({}, with({})).error(),
            "the environment variable HUBSPOT_TOKEN is not set: set it to the token of a HubSpot "
            "app, or name a file "
            "with hubspot.token_file");
  EXPECT_EQ(read_token({}, with({{"HUBSPOT_TOKEN", " \n"}})).error(),
            "the environment variable HUBSPOT_TOKEN is empty: set it to the token of a HubSpot "
            "app, or name a file "
            "with hubspot.token_file");
}

TEST(TokenSource, RefusesWhatWouldBreakAHeaderAndDoesNotShowIt) {
  EXPECT_EQ(read_token({}, with({{"HUBSPOT_TOKEN", "geheim\r\nX: y"}})).error(),
            "the environment variable HUBSPOT_TOKEN holds blanks or control characters, which no "
            "token has: copy the "
            "token again");
}

TEST(TokenSource, TrimsTheLineEndOfAFile) {
  const TokenFile file("abc\r\n", kPrivate);
  const auto token = read_token(with_file(file.path()), with({}));
  ASSERT_TRUE(token.has_value()) << token.error();
  EXPECT_EQ(token->secret.reveal(), "abc");
  EXPECT_EQ(token->warning, "");
}

TEST(TokenSource, WarnsOfAFileThatOthersCanRead) {
  const TokenFile file("abc", kOpen);
  EXPECT_EQ(read_token(with_file(file.path()), with({}))->warning,
            "the token file " + file.path() + " can be read by others: chmod 600 " + file.path());
}

TEST(TokenSource, FindsASystemdCredential) {
  const TokenFile file("abc", kPrivate);
  const Environment environment = with({{"CREDENTIALS_DIRECTORY", file.directory()}});
  EXPECT_EQ(read_token(with_file("${CREDENTIALS_DIRECTORY}/token"), environment)->secret.reveal(),
            "abc");
  EXPECT_EQ(read_token(with_file("$CREDENTIALS_DIRECTORY/token"), environment)->secret.reveal(),
            "abc");
  EXPECT_EQ(read_token(with_file("$CREDENTIALS_DIRECTORY/token"), with({})).error(),
            "hubspot.token_file $CREDENTIALS_DIRECTORY/token: CREDENTIALS_DIRECTORY is not set; "
            "systemd sets it for a "
            "service with LoadCredential=");
}

TEST(TokenSource, SaysWhyAFileIsNoToken) {
  EXPECT_EQ(read_token(with_file("/nonexistent"), with({})).error(),
            "the token file /nonexistent is not there: check hubspot.token_file");
  EXPECT_EQ(read_token(with_file("/tmp"), with({})).error(),
            "the token file /tmp is a directory: check hubspot.token_file");
  const TokenFile empty("", kPrivate);
  EXPECT_EQ(
      read_token(with_file(empty.path()), with({})).error(),
      "the token file " + empty.path() + " is empty: put the token of the HubSpot app into it");
  const TokenFile large(std::string(10'000, 'x'), kPrivate);
  EXPECT_EQ(
      read_token(with_file(large.path()), with({})).error(),
      "the token file " + large.path() + " is larger than any token: check hubspot.token_file");
}

TEST(TokenSource, ReadsTheSecretsOfOAuth) {
  const OAuthSettings oauth{"ID", "SECRET", "REFRESH"};
  const auto secrets =
      read_oauth_secrets(oauth, with({{"ID", "a"}, {"SECRET", "b"}, {"REFRESH", "c"}}));
  ASSERT_TRUE(secrets.has_value());
  EXPECT_EQ(secrets->client_id.reveal(), "a");
  EXPECT_EQ(secrets->client_secret.reveal(), "b");
  EXPECT_EQ(secrets->refresh_token.reveal(), "c");
  EXPECT_EQ(read_oauth_secrets(oauth, with({{"ID", "a"}, {"REFRESH", "c"}})).error(),
            "the environment variable SECRET is not set: hubspot.oauth names it; set it to the "
            "value from the HubSpot "
            "app");
}

}  // namespace
}  // namespace payferry

#include "loader/run/manifest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/clean_text.hpp"

namespace payferry {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Manifest manifest() {
  Manifest manifest;
  manifest.version = "0.1.0";
  manifest.run_id = "20260528-202640-ab12";
  manifest.account = "4242424";
  manifest.config = {
      "pay \"in\".toml", "[hubspot]\nportal = 1\n", {"a.b=\"c\"", "d=2"}, "/etc", "/home"};
  manifest.inputs = {{"may.csv", false, Fingerprint{UINT64_MAX, 0xff00000000000001, 2}},
                     {"-", true, std::nullopt}};
  manifest.names = {"may.csv", "-"};
  manifest.limit = 500;
  manifest.started = {Instant(std::chrono::milliseconds(1'780'000'000'123)),
                      Instant(std::chrono::milliseconds(1'780'000'999'000))};
  return manifest;
}

/// The manifest's text with a part of it replaced.
std::string with(const std::string& part, const std::string& replacement) {
  std::string text = manifest().to_json();
  const auto place = text.find(part);
  EXPECT_NE(place, std::string::npos) << part;
  return text.replace(place, part.size(), replacement);
}

std::string error_of(const std::string& text) {
  const auto parsed = Manifest::parse(text);
  return parsed ? "" : parsed.error();
}

TEST(Manifest, ReadsBackAllThatItHolds) {
  const auto back = Manifest::parse(manifest().to_json());
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(back->version, manifest().version);
  EXPECT_EQ(back->run_id, manifest().run_id);
  EXPECT_EQ(back->account, "4242424");
  EXPECT_EQ(back->config.file_name, manifest().config.file_name);
  EXPECT_EQ(back->config.toml, manifest().config.toml);
  EXPECT_EQ(back->config.overrides, manifest().config.overrides);
  EXPECT_EQ(back->config.directory, "/etc");
  EXPECT_EQ(back->config.working_directory, "/home");
  ASSERT_EQ(back->inputs.size(), 2U);
  EXPECT_EQ(back->inputs[0].path, "may.csv");
  EXPECT_FALSE(back->inputs[0].spooled);
  EXPECT_EQ(back->inputs[0].fingerprint, manifest().inputs[0].fingerprint);
  EXPECT_EQ(back->names, manifest().names);
  EXPECT_TRUE(back->inputs[1].spooled);
  EXPECT_FALSE(back->inputs[1].fingerprint);
  EXPECT_EQ(back->limit, 500U);
  EXPECT_EQ(back->started, manifest().started);
}

TEST(Manifest, WithoutALimitThereIsNone) {
  Manifest unlimited = manifest();
  unlimited.limit.reset();
  const auto back = Manifest::parse(unlimited.to_json());
  ASSERT_TRUE(back);
  EXPECT_FALSE(back->limit);
}

// Nor had runs of before it was kept.
TEST(Manifest, WithoutAnAccountThereIsNone) {
  Manifest untold = manifest();
  untold.account.clear();
  const auto back = Manifest::parse(untold.to_json());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->account, "");
}

TEST(Manifest, NamesInputsByTheirPathsWhereAnEarlierVersionWroteIt) {
  const auto back = Manifest::parse(with(R"("names":["may.csv","-"],)", ""));
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(back->names, (std::vector<std::string>{"may.csv", "-"}));
}

TEST(Manifest, ANameThatIsNotUtf8ReadsBackFromAJsonThatIs) {
  const std::string name = "f\xE9vrier\x80\xC3\xA9.csv";
  Manifest latin = manifest();
  latin.inputs[0].path = latin.names[0] = name;
  latin.config.file_name = latin.config.directory = latin.config.working_directory = name;
  latin.config.overrides[0] = name;
  const std::string text = latin.to_json();
  EXPECT_EQ(valid_utf8(text), text);
  EXPECT_THAT(text, HasSubstr(R"({"latin1":"février)"));
  const auto back = Manifest::parse(text);
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(back->inputs[0].path, name);
  EXPECT_EQ(back->names[0], name);
  EXPECT_EQ(back->config.file_name, name);
  EXPECT_EQ(back->config.directory, name);
  EXPECT_EQ(back->config.working_directory, name);
  EXPECT_EQ(back->config.overrides[0], name);
}

TEST(Manifest, IsOneLine) {
  const std::string text = manifest().to_json();
  EXPECT_EQ(text.find('\n'), text.size() - 1);
}

TEST(Manifest, EveryTornManifestIsAnErrorInASentence) {
  const std::string text = manifest().to_json();
  for (std::size_t size = 0; size + 1 < text.size(); ++size) {
    EXPECT_THAT(error_of(text.substr(0, size)),
                AllOf(HasSubstr("run.json cannot be read"), HasSubstr("restore it from a copy")))
        << size;
  }
}

TEST(Manifest, WhatIsMissingOrOfAnotherKindIsAnError) {
  for (const std::string& broken :
       {with(R"("run":)", R"("ran":)"), with("\"limit\":500", "\"limit\":\"500\""),
        with("2026-05-28T20:26:40.123Z", "yesterday"), with("\"spooled\":true", "\"spooled\":1"),
        with("ff00000000000001", "xx00000000000001"), with("\"inputs\":[", "\"input\":["),
        std::string("[]")}) {
    EXPECT_THAT(error_of(broken), HasSubstr("run.json cannot be read")) << broken;
  }
}

}  // namespace
}  // namespace payferry

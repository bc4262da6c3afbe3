#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "config/help_text.hpp"
#include "config/load_settings.hpp"

namespace payferry {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Names = std::set<std::string>;

std::string read(const fs::path& path) {
  std::ifstream file(fs::path(PAYFERRY_SOURCE_DIR) / path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at)
    found.push_back((*at)[1]);
  return found;
}

/// The keys of a table, as the message about an unknown one names them.
Names known_keys(const std::string& table) {
  ConfigSource source;
  source.toml = table == "associations" ? "[[associations]]\nnonsense = 1" : "";
  if (source.toml.empty()) source.overrides = {table + ".nonsense=x"};
  const std::string told = load_settings(source).error().to_string();
  const auto lists = matches(told, "nonsense[^\n]*the keys here are: ([^\n]*)");
  Names keys;
  if (lists.size() != 1) return keys;
  for (const std::string& key : matches(lists[0], "([a-z_]+)")) keys.insert(key);
  return keys;
}

/// The first column of the tables in a chapter of configuration.md.
Names documented_keys(const std::string& chapter) {
  const std::string text = read("docs/configuration.md");
  const auto from = text.find("\n## [" + chapter);
  EXPECT_NE(from, std::string::npos) << chapter;
  std::string body = text.substr(from, text.find("\n## ", from + 1) - from);
  body = body.substr(0, body.find("| type | takes |"));
  Names keys;
  for (const std::string& key : matches(body, "\n\\| `([a-z_]+)` \\|")) keys.insert(key);
  return keys;
}

TEST(Documentation, EveryKeyOfTheConfigIsDescribedAndNoOther) {
  for (const char* table : {"hubspot", "input", "limits", "retry", "results"}) {
    EXPECT_FALSE(known_keys(table).empty()) << table;
    EXPECT_EQ(documented_keys(table), known_keys(table)) << table;
  }
  EXPECT_EQ(documented_keys("properties"), known_keys("properties.hs_initial_amount"));
  EXPECT_EQ(documented_keys("[associations"), known_keys("associations"));
  for (const std::string& key : known_keys("hubspot.oauth"))
    EXPECT_THAT(read("docs/configuration.md"), HasSubstr("`" + key + "`"));
}

Names options_of(std::string_view command) {
  Names options;
  for (const std::string& option : matches(help_text(command), "(--[a-z][a-z-]+)"))
    options.insert(option);
  return options;
}

TEST(Documentation, ManPageAndCompletionsKnowEveryCommandAndOption) {
  std::string man = read("packaging/payferry.1.in");
  man.erase(std::remove(man.begin(), man.end(), '\\'), man.end());
  const std::string bash = read("packaging/completions/payferry.bash");
  const std::string zsh = read("packaging/completions/_payferry");
  for (const std::string_view command : kCommands) {
    for (const std::string* text : std::initializer_list<const std::string*>{&man, &bash, &zsh})
      EXPECT_THAT(*text, HasSubstr(std::string(command)));
    for (const std::string& option : options_of(command)) {
      EXPECT_THAT(man, HasSubstr(option)) << "the man page";
      EXPECT_THAT(bash, HasSubstr(option)) << "bash";
      EXPECT_THAT(zsh, HasSubstr(option)) << "zsh";
    }
  }
}

/// All sources as one text, with the pieces of a message put together.
std::string all_sources() {
  static const std::regex kSeam("\"\\s*\"|\\\\(?=\")");
  std::string text;
  for (const char* folder : {"config", "model", "net", "loader"}) {
    const fs::path root = fs::path(PAYFERRY_SOURCE_DIR) / folder;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".cpp") continue;
      const std::string source = read(entry.path());
      std::regex_replace(std::back_inserter(text), source.begin(), source.end(), kSeam, "");
    }
  }
  return text;
}

TEST(Documentation, EveryMessageOfTroubleshootingIsOneOfPayferrys) {
  const std::string sources = all_sources();
  const std::string text = read("docs/troubleshooting.md");
  const std::string messages = text.substr(0, text.find("## Records that are not in HubSpot"));
  std::size_t pieces = 0;
  for (const std::string& cell : matches(messages, "\n\\| (`[^|]*`) \\|")) {
    for (const std::string& message : matches(cell, "`([^`]+)`")) {
      for (const std::string& piece : matches(message, "((?:[^.]|\\.(?!\\.))+)")) {
        std::string trimmed = piece;
        trimmed.erase(0, trimmed.find_first_not_of(" ."));
        trimmed.erase(trimmed.find_last_not_of(" .") + 1);
        if (trimmed.size() < 8) continue;
        ++pieces;
        const bool named = trimmed.starts_with("the environment variable") ||
                           trimmed.starts_with("answered 407") ||
                           trimmed.starts_with("Stopped by SIG");
        EXPECT_TRUE(named || sources.find(trimmed) != std::string::npos) << trimmed;
      }
    }
  }
  EXPECT_GT(pieces, 25U);
}

Names names(const std::vector<std::string>& list) {
  return {list.begin(), list.end()};
}

/// The codes that payferry gives to records itself.
Names codes_of_the_sources() {
  std::string text = read("model/mapping.cpp") + read("model/value_converter.cpp");
  for (const char* folder : {"loader/source", "loader/delivery", "loader/check"}) {
    for (const auto& entry : fs::directory_iterator(fs::path(PAYFERRY_SOURCE_DIR) / folder))
      if (entry.path().extension() == ".cpp") text += read(entry.path());
  }
  return names(matches(text, "\"([A-Z]+_[A-Z0-9_]+)\""));
}

TEST(Documentation, EveryCodeOfPayferrysIsDescribedAndNoOther) {
  const std::string text = read("docs/troubleshooting.md");
  const auto from = text.find("| code | what it means |");
  ASSERT_NE(from, std::string::npos);
  const std::string table = text.substr(from, text.find("\n\n", from) - from);
  Names described;
  for (const std::string& cell : matches(table, "\n\\| (`[^|]*`) \\|"))
    for (const std::string& code : matches(cell, "`([^`]+)`")) described.insert(code);
  EXPECT_EQ(described, codes_of_the_sources());
}

TEST(Documentation, EveryCodeThatDocsNameIsOneOfPayferrys) {
  const Names codes = codes_of_the_sources();
  const std::string sources = all_sources();
  for (const char* file : {"README.md", "docs/configuration.md", "docs/operating.md",
                           "docs/reliability.md", "docs/architecture.md"}) {
    for (const std::string& code : matches(read(file), "`([A-Z]+_[A-Z0-9_]+)`"))
      EXPECT_TRUE(codes.contains(code) || sources.find(code) != std::string::npos)
          << code << " in " << file;
  }
}

}  // namespace
}  // namespace payferry

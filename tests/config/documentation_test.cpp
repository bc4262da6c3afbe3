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

/// Keys that the code asks for, as they stand in its sources.
Names known_keys() {
  Names keys;
  for (const char* file :
       {"config/hubspot_section.cpp", "config/plain_sections.cpp", "config/mapping_sections.cpp"}) {
    const std::string pattern =
        R"((?:read|find|read_variable|read_path)\(\s*(?:table, |hubspot, )?"([a-z_]+)\")";
    for (const std::string& key : matches(read(file), pattern)) keys.insert(key);
  }
  return keys;
}

/// The first column of the tables in configuration.md.
Names documented_keys() {
  Names keys;
  for (const std::string& key : matches(read("docs/configuration.md"), "\n\\| `([a-z_]+)` \\|"))
    keys.insert(key);
  return keys;
}

TEST(Documentation, EveryKeyOfTheConfigIsDescribed) {
  const Names documented = documented_keys();
  EXPECT_GT(known_keys().size(), 40U);
  for (const std::string& key : known_keys())
    EXPECT_TRUE(documented.contains(key)) << key << " is not in docs/configuration.md";
}

/// [hubspot], [input], [limits], [retry] and [results] take nothing that is not theirs.
TEST(Documentation, EveryDescribedKeyExistsInItsSection) {
  const std::string text = read("docs/configuration.md");
  const std::regex section("\n## \\[([a-z]+)\\]");
  for (std::sregex_iterator at(text.begin(), text.end(), section), end; at != end; ++at) {
    const std::string name = (*at)[1];
    if (name == "properties") continue;
    const auto from = static_cast<std::size_t>(at->position());
    const std::string body = text.substr(from, text.find("\n## ", from + 1) - from);
    for (const std::string& key : matches(body, "\n\\| `([a-z_]+)` \\|")) {
      ConfigSource source;
      source.overrides = {name + "." + key + "=x"};
      const auto settings = load_settings(source);
      const std::string told = settings ? "" : settings.error().to_string();
      EXPECT_THAT(told, testing::Not(HasSubstr(name + "." + key + " is not a key")))
          << name << "." << key;
    }
  }
}

TEST(Documentation, AnUnknownKeyWouldBeSeen) {
  ConfigSource source;
  source.overrides = {"limits.nonsense=x"};
  EXPECT_THAT(load_settings(source).error().to_string(), HasSubstr("limits.nonsense is not a key"));
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
    for (const std::string* text : {&man, &bash, &zsh})
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

TEST(Documentation, EveryCodeOfARefusedRecordIsDescribed) {
  const std::string text = read("docs/troubleshooting.md");
  for (const std::string& code : matches(read("model/value_converter.cpp"), "\"([A-Z]+_[A-Z_]+)\""))
    EXPECT_THAT(text, HasSubstr("`" + code + "`"));
}

}  // namespace
}  // namespace payferry

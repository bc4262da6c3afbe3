#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "tidy/flat_await.hpp"
#include "tidy/source_text.hpp"

namespace payferry::test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostColumns = 100;

struct SourceFile {
  std::string path;  ///< from the root of the project, with slashes
  std::string content;
  SourceText text;

  bool is_header() const { return path.ends_with(".hpp"); }
  bool is_below(std::string_view folder) const { return path.starts_with(folder); }
};

bool is_skipped(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return name.starts_with('.') || name == "build";
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<SourceFile> read_tree() {
  const fs::path root(PAYFERRY_SOURCE_DIR);
  std::vector<SourceFile> files;
  for (auto at = fs::recursive_directory_iterator(root); at != fs::end(at); ++at) {
    if (at->is_directory() && is_skipped(at->path())) at.disable_recursion_pending();
    const std::string extension = at->path().extension().string();
    if (extension != ".cpp" && extension != ".hpp") continue;
    SourceFile file;
    file.path = at->path().lexically_relative(root).generic_string();
    file.content = read(at->path());
    file.text = read_source(file.content);
    files.push_back(std::move(file));
  }
  return files;
}

const std::vector<SourceFile>& tree() {
  static const std::vector<SourceFile> files = read_tree();
  return files;
}

bool is_one_of(const SourceFile& file, const std::vector<std::string_view>& folders) {
  return std::any_of(folders.begin(), folders.end(),
                     [&](std::string_view folder) { return file.is_below(folder); });
}

/// Every use of one of the names, as `path:line: name`.
std::vector<std::string> uses(const SourceFile& file, const std::vector<std::string_view>& names) {
  std::vector<std::string> found;
  for (const Token& token : tokens_of(file.text.code)) {
    if (std::find(names.begin(), names.end(), token.text) != names.end())
      found.push_back(file.path + ":" + std::to_string(token.line) + ": " +
                      std::string(token.text));
  }
  return found;
}

/// What the file includes, without its brackets or quotes.
std::vector<std::string> includes(const SourceFile& file) {
  static const std::regex kInclude(R"re(\s*#\s*include\s*[<"]([^>"]+)[>"].*)re");
  const auto lines = lines_of(file.content);
  const auto code = lines_of(file.text.code);
  std::vector<std::string> found;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    std::cmatch match;
    const bool is_code = code[line].find('#') != std::string_view::npos;
    const char* const end = lines[line].data() + lines[line].size();
    if (is_code && std::regex_match(lines[line].data(), end, match, kInclude))
      found.push_back(match[1]);
  }
  return found;
}

std::size_t columns(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// The layers and rooms of the program, and what each may include beside itself.
const std::map<std::string, std::vector<std::string_view>>& may_include() {
  static const std::map<std::string, std::vector<std::string_view>> rooms{
      {"model/", {}},
      {"config/", {"model/"}},
      {"net/", {"config/", "model/"}},
      {"loader/source/", {"config/", "model/"}},
      {"loader/run/", {"loader/source/", "net/", "config/", "model/"}},
      {"loader/delivery/", {"loader/run/", "loader/source/", "net/", "config/", "model/"}},
      {"loader/report/", {"loader/run/", "config/", "model/"}},
      {"loader/calls/",
       {"loader/delivery/", "loader/run/", "loader/source/", "net/", "config/", "model/"}},
      {"loader/verify/",
       {"loader/calls/", "loader/report/", "loader/run/", "loader/source/", "net/", "config/",
        "model/"}},
      {"loader/undo/",
       {"loader/calls/", "loader/report/", "loader/delivery/", "loader/run/", "loader/source/",
        "net/", "config/", "model/"}},
      {"loader/check/",
       {"loader/delivery/", "loader/report/", "loader/run/", "loader/source/", "net/", "config/",
        "model/"}},
      {"loader/commands/", {"loader/", "net/", "config/", "model/"}},
      {"bench/simulator/core/", {"model/"}},
      {"bench/simulator/server/", {"bench/simulator/core/", "net/", "model/"}},
  };
  return rooms;
}

bool is_of_the_project(const std::string& include) {
  static const std::regex kOurs("(model|config|net|loader|bench|tests)/.*");
  return std::regex_match(include, kOurs);
}

TEST(Tidy, TheTreeIsFound) {
  const auto holds = [](std::string_view path) {
    return std::any_of(tree().begin(), tree().end(),
                       [&](const SourceFile& file) { return file.path == path; });
  };
  EXPECT_TRUE(holds("model/decimal.hpp"));
  EXPECT_TRUE(holds("net/nursery.cpp"));
  EXPECT_TRUE(holds("loader/main.cpp"));
  EXPECT_TRUE(holds("tests/tidy/tidy_test.cpp"));
}

TEST(Tidy, StatementsWithAnAwaitAreFlat) {
  for (const SourceFile& file : tree()) {
    for (const AwaitBreach& breach : flat_await_breaches(file.text.code))
      ADD_FAILURE() << file.path << ":" << breach.line << ": " << breach.what
                    << "; name it on the line above";
  }
}

TEST(Tidy, OnlyTheNurseryAndTheRootsStartCoroutines) {
  for (const SourceFile& file : tree()) {
    const bool is_root = file.is_below("loader/") && file.path.ends_with("_session.cpp");
    if (file.path == "net/nursery.cpp" || is_root) continue;
    if (is_one_of(file, {"bench/simulator/server/", "tests/"})) continue;
    for (const std::string& use : uses(file, {"co_spawn"}))
      ADD_FAILURE() << use << "; start it in a Nursery, so that its end is awaited";
  }
}

// A look-up by the system's resolver cannot be cut short, and nothing is to wait for it.
TEST(Tidy, NothingRunsDetached) {
  for (const SourceFile& file : tree()) {
    if (file.path == "net/resolver.cpp") continue;
    for (const std::string& use : uses(file, {"detached", "detach"}))
      ADD_FAILURE() << use << "; start it in a Nursery, so that its end is awaited";
  }
}

TEST(Tidy, AsioIsIncludedByItsNarrowHeaders) {
  for (const SourceFile& file : tree()) {
    for (const std::string& include : includes(file))
      EXPECT_NE(include, "boost/asio.hpp") << file.path;
  }
}

TEST(Tidy, BeastAndOpensslStayInAFewSources) {
  static const std::regex kHeavy("(boost/beast|openssl|boost/asio/ssl)[/.].*");
  for (const SourceFile& file : tree()) {
    const bool may = (file.is_below("net/") && !file.is_header()) ||
                     is_one_of(file, {"bench/simulator/server/", "bench/limits/", "tests/"});
    for (const std::string& include : includes(file))
      EXPECT_TRUE(may || !std::regex_match(include, kHeavy)) << file.path << ": " << include;
  }
}

TEST(Tidy, NoBinaryFloatIsNearAnAmount) {
  for (const SourceFile& file : tree()) {
    if (!is_one_of(file, {"model/", "loader/source/", "loader/run/", "loader/delivery/",
                          "loader/verify/", "loader/undo/"}))
      continue;
    for (const std::string& use : uses(file, {"double", "float", "stod", "stof", "stold", "strtod",
                                              "strtof", "strtold", "atof"}))
      ADD_FAILURE() << use << "; amounts are Decimal";
  }
}

TEST(Tidy, LinesFitInAHundredColumns) {
  for (const SourceFile& file : tree()) {
    const auto lines = lines_of(file.content);
    for (std::size_t line = 0; line < lines.size(); ++line) {
      if (file.text.golden_lines.contains(line + 1)) continue;
      EXPECT_LE(columns(lines[line]), kMostColumns) << file.path << ":" << line + 1;
    }
  }
}

TEST(Tidy, EveryHeaderIsReadOnce) {
  for (const SourceFile& file : tree()) {
    if (!file.is_header()) continue;
    const auto tokens = tokens_of(file.text.code);
    const bool guarded = tokens.size() > 2 && tokens[0].text == "#" && tokens[1].text == "pragma" &&
                         tokens[2].text == "once";
    EXPECT_TRUE(guarded) << file.path << " must begin with #pragma once";
  }
}

TEST(Tidy, NoRoomIncludesAHigherOne) {
  for (const SourceFile& file : tree()) {
    for (const auto& [room, others] : may_include()) {
      if (!file.is_below(room)) continue;
      for (const std::string& include : includes(file)) {
        const bool allowed = include.starts_with(room) ||
                             std::any_of(others.begin(), others.end(), [&](std::string_view other) {
                               return include.starts_with(other);
                             });
        EXPECT_TRUE(allowed || !is_of_the_project(include)) << file.path << ": " << include;
      }
    }
  }
}

TEST(Tidy, NothingOfTheProgramIncludesTestsOrBenches) {
  for (const SourceFile& file : tree()) {
    if (!is_one_of(file, {"model/", "config/", "net/", "loader/"})) continue;
    for (const std::string& include : includes(file))
      EXPECT_FALSE(include.starts_with("bench/") || include.starts_with("tests/"))
          << file.path << ": " << include;
  }
}

}  // namespace
}  // namespace payferry::test

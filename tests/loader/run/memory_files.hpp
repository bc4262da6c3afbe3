#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "loader/run/run_files.hpp"

namespace payferry::test {

/// The run's files in memory, as a process finds them.
class MemoryFiles final : public RunFiles {
 public:
  explicit MemoryFiles(std::array<std::string, kLogFileCount> contents)
      : contents_(std::move(contents)) {}

  std::uint64_t size(LogFile file) const override { return at(file).size(); }
  std::uint64_t read_lines(LogFile file, std::uint64_t from, const OnLine& on_line) const override {
    std::string_view text = at(file);
    for (auto end = text.find('\n', from); end != std::string_view::npos;
         end = text.find('\n', from)) {
      on_line(text.substr(from, end - from), from);
      from = end + 1;
    }
    return from;
  }
  void cut_off(LogFile file, std::uint64_t bytes) override {
    std::string& content = contents_[static_cast<std::size_t>(file)];
    if (content.size() > bytes) content.resize(bytes);
  }
  void write_again(LogFile file, std::uint64_t from) override {
    written_again.emplace_back(file, from);
  }
  std::string name(LogFile file) const override {
    static constexpr std::array kNames{"rejects.csv", "unknown.csv", "outcomes.ndjson",
                                       "attempts.ndjson"};
    return kNames.at(static_cast<std::size_t>(file));
  }

  std::vector<std::pair<LogFile, std::uint64_t>> written_again;

  const std::string& at(LogFile file) const { return contents_[static_cast<std::size_t>(file)]; }

 private:
  std::array<std::string, kLogFileCount> contents_;
};

}  // namespace payferry::test

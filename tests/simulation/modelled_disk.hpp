#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "loader/run/durable_log.hpp"
#include "net/time.hpp"

namespace payferry::test {

using FileContents = std::array<std::string, kLogFileCount>;

/// When the modelled machine loses its power.
struct CrashPlan {
  /// At this commit, counted from 1; 0: never.
  std::uint64_t at_commit = 0;
  /// Just after that commit became durable instead of just before.
  bool after = false;
};

/// The run's files on a modelled disk: what was appended and not committed is lost in a crash, but
/// for a random part. After the crash nothing changes any more, whatever the dying process still
/// tries.
class ModelledDisk final : public DurableLog {
 public:
  ModelledDisk(FileContents contents, Time& time, std::mt19937_64& random, CrashPlan plan,
               std::function<void()> on_crash);

  std::string& buffer(LogFile file) override;
  std::uint64_t size(LogFile file) const override;
  boost::asio::awaitable<void> commit() override;
  boost::asio::awaitable<std::vector<RecordNumber>> find_creators(
      std::vector<std::string> ids) override;

  void crash();
  bool crashed() const { return crashed_; }
  std::uint64_t commits() const { return commits_; }
  /// What a process that starts now finds. Only a crash leaves out what was not committed.
  FileContents surviving() const;

 private:
  static std::size_t index(LogFile file) { return static_cast<std::size_t>(file); }

  Time& time_;
  std::mt19937_64& random_;
  CrashPlan plan_;
  std::function<void()> on_crash_;
  FileContents contents_;
  std::array<std::size_t, kLogFileCount> durable_{};
  FileContents after_crash_;
  FileContents thrown_away_;
  bool crashed_ = false;
  std::uint64_t commits_ = 0;
};

}  // namespace payferry::test

#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <string>
#include <utility>
#include <vector>

#include "loader/run/creator_search.hpp"
#include "loader/run/disk_failure.hpp"
#include "loader/run/durable_log.hpp"
#include "net/event.hpp"

namespace payferry::test {

using FileContents = std::array<std::string, kLogFileCount>;

/// The run's files in memory. A commit is over at once, or when the test lets it be.
class MemoryLog final : public DurableLog {
 public:
  explicit MemoryLog(boost::asio::any_io_executor executor, FileContents contents = {})
      : released_(std::move(executor)), contents_(std::move(contents)) {}

  std::string& buffer(LogFile file) override { return contents_[index(file)]; }
  std::uint64_t size(LogFile file) const override { return contents_[index(file)].size(); }
  boost::asio::awaitable<void> commit() override {
    const FileContents appended = contents_;
    while (held_) co_await released_.wait();
    if (failing_) throw DiskFailure("the disk in memory fails");
    durable_ = appended;
  }
  boost::asio::awaitable<std::vector<RecordNumber>> find_creators(
      std::vector<std::string> ids) override {
    searched_ = std::move(ids);
    std::vector<RecordNumber> creators(searched_.size(), RecordNumber(7));
    co_return creators;
  }

  void hold() { held_ = true; }
  void release() {
    held_ = false;
    released_.notify_all();
  }
  void fail() { failing_ = true; }

  const std::string& content(LogFile file) const { return contents_[index(file)]; }
  const std::string& durable(LogFile file) const { return durable_[index(file)]; }
  const FileContents& contents() const { return contents_; }
  const std::vector<std::string>& searched() const { return searched_; }

 private:
  static std::size_t index(LogFile file) { return static_cast<std::size_t>(file); }

  Event released_;
  FileContents contents_;
  FileContents durable_;
  std::vector<std::string> searched_;
  bool held_ = false;
  bool failing_ = false;
};

}  // namespace payferry::test

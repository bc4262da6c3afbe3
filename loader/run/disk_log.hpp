#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

#include "config/settings.hpp"
#include "loader/run/creator_finder.hpp"
#include "loader/run/durable_log.hpp"
#include "loader/run/file_descriptor.hpp"
#include "net/event.hpp"

namespace payferry {

/// The run's files on a real disk. A thread of its own writes and flushes, so that the network's
/// never waits for the disk; while it flushes one group, the next one gathers, and under load a bit
/// longer, since a flush costs the same for one batch and for many. Must be destroyed on
/// the network's thread while its io_context does not run.
class DiskLog final : public DurableLog {
 public:
  /// Paths by LogFile. A file is made when its first byte is written.
  using Paths = std::array<std::filesystem::path, kLogFileCount>;
  /// From the begin of a group that is flushed to that of the next one, at least: far more than a
  /// flush takes, far less than HubSpot's answer.
  static constexpr std::chrono::milliseconds kBetweenGroups{4};

  DiskLog(Paths paths, Durability durability, boost::asio::any_io_executor executor);
  ~DiskLog() override;

  std::string& buffer(LogFile file) override { return gathering_[index(file)]; }
  std::uint64_t size(LogFile file) const override;
  boost::asio::awaitable<void> commit() override;
  boost::asio::awaitable<std::vector<RecordNumber>> find_creators(
      std::vector<std::string> ids) override;

 private:
  using Buffers = std::array<std::string, kLogFileCount>;
  static std::size_t index(LogFile file) { return static_cast<std::size_t>(file); }

  void begin_group();
  void hand_over();
  void group_is_durable(std::optional<std::string> failure);
  void run_disk_thread();
  std::optional<std::string> write_group();
  std::optional<std::string> write_file(std::size_t file);

  const Paths paths_;
  const Durability durability_;
  boost::asio::any_io_executor executor_;
  Event group_done_;
  boost::asio::steady_timer next_group_;

  // The network thread's.
  Buffers gathering_;
  std::array<std::uint64_t, kLogFileCount> handed_over_bytes_{};
  std::uint64_t asked_ticket_ = 0;
  std::uint64_t flushing_ticket_ = 0;
  std::uint64_t durable_ticket_ = 0;
  bool group_begun_ = false;  ///< and is not durable yet
  std::chrono::steady_clock::time_point next_group_at_{};
  std::optional<std::string> failure_;

  // The disk thread's while a group is under way, else the network thread's.
  Buffers group_;
  std::array<FileDescriptor, kLogFileCount> files_;
  std::array<std::uint64_t, kLogFileCount> file_bytes_{};

  std::mutex mutex_;  ///< guards the flags below, which hand group_ to and fro
  std::condition_variable wake_;
  bool group_ready_ = false;
  bool ending_ = false;
  std::thread disk_thread_;

  CreatorFinder creators_;
};

}  // namespace payferry

#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "loader/delivery/batch_source.hpp"
#include "loader/delivery/intake.hpp"
#include "net/event.hpp"

namespace payferry {

/// Runs an Intake on a thread of its own, ahead of the network by a few batches, of long rows by a
/// few MiB. Batches are all that crosses: whole, by a bounded queue, so that neither side touches
/// what the other one has. Must be destroyed on the network's thread while its io_context does not
/// run.
class IntakeThread final : public BatchSource {
 public:
  static constexpr std::size_t kBatchesAhead = 16;
  static constexpr std::size_t kBytesAhead = 4 * 1024 * 1024;

  /// `intake` must outlive this and belongs to the reading thread until then.
  IntakeThread(Intake& intake, boost::asio::any_io_executor executor);
  ~IntakeThread() override;

  boost::asio::awaitable<std::optional<Batch>> next() override;
  void stop() override;

  /// Bytes of the inputs read so far, as they are stored; for progress. Any thread.
  std::uint64_t bytes_read() const { return bytes_read_.load(std::memory_order_relaxed); }

 private:
  void run();
  bool push(Batch batch);
  bool is_full() const { return queue_.size() >= kBatchesAhead || queue_bytes_ >= kBytesAhead; }
  void end(std::exception_ptr failure);
  void wake_network();

  Intake& intake_;
  boost::asio::any_io_executor executor_;
  Event filled_;
  std::atomic<std::uint64_t> bytes_read_{0};

  std::mutex mutex_;  ///< guards all below
  std::condition_variable drained_;
  std::deque<Batch> queue_;
  std::size_t queue_bytes_ = 0;
  bool ended_ = false;
  bool stopped_ = false;
  bool network_waits_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace payferry

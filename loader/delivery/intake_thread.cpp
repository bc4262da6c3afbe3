#include "loader/delivery/intake_thread.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace payferry {

namespace asio = boost::asio;

IntakeThread::IntakeThread(Intake& intake, asio::any_io_executor executor)
    : intake_(intake), executor_(executor), filled_(executor), thread_([this] { run(); }) {}

IntakeThread::~IntakeThread() {
  stop();
  thread_.join();
}

void IntakeThread::run() {
  std::exception_ptr failure;
  try {
    for (;;) {
      auto batch = intake_.next_batch();
      bytes_read_.store(intake_.reader().progress().bytes_read, std::memory_order_relaxed);
      if (!batch || !push(std::move(*batch))) break;
    }
  } catch (...) {
    failure = std::current_exception();
  }
  end(std::move(failure));
}

/// False once nobody wants more.
bool IntakeThread::push(Batch batch) {
  std::unique_lock lock(mutex_);
  drained_.wait(lock, [this] { return !is_full() || stopped_; });
  if (stopped_) return false;
  queue_bytes_ += batch.bytes();
  queue_.push_back(std::move(batch));
  wake_network();
  return true;
}

void IntakeThread::end(std::exception_ptr failure) {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  failure_ = std::move(failure);
  wake_network();
}

void IntakeThread::wake_network() {
  if (std::exchange(network_waits_, false)) asio::post(executor_, [this] { filled_.notify_all(); });
}

asio::awaitable<std::optional<Batch>> IntakeThread::next() {
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (failure_) std::rethrow_exception(failure_);
      if (stopped_) co_return std::nullopt;
      if (!queue_.empty()) {
        std::optional<Batch> batch(std::move(queue_.front()));
        queue_.pop_front();
        queue_bytes_ -= batch->bytes();
        // The reader is woken for several batches, not for each: a change of threads costs about
        // as much as reading one.
        if (queue_.size() <= kBatchesAhead / 2 && queue_bytes_ <= kBytesAhead / 2)
          drained_.notify_one();
        co_return batch;
      }
      if (ended_) co_return std::nullopt;
      network_waits_ = true;
    }
    co_await filled_.wait();
  }
}

void IntakeThread::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  drained_.notify_one();
  filled_.notify_all();
}

}  // namespace payferry

#include "loader/calls/call_crew.hpp"

#include <boost/asio/this_coro.hpp>
#include <utility>

#include "net/nursery.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// Counts a batch for as long as it lives.
class Presence {
 public:
  explicit Presence(CallContext& context) : context_(context) {}
  ~Presence() {
    --context_.batches;
    context_.changed.notify_all();
  }
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;

 private:
  CallContext& context_;
};

/// The batch was counted when it was started.
asio::awaitable<void> live(CallContext& context, asio::awaitable<void> batch) {
  const Presence presence(context);
  co_await std::move(batch);
}

/// Once a stop is asked for: what waits is ended, and what is in flight gets its grace.
asio::awaitable<void> carry_out_stop(CallContext& context, Nursery& batches, SteadyDuration grace) {
  co_await context.stop.wait();
  context.admission.close();
  batches.interrupt();
  context.changed.notify_all();
  co_await context.time.sleep_for(grace);
  batches.cancel();
}

asio::awaitable<void> start_all(CallContext& context, BatchWork& work, Nursery& batches,
                                const CrewLimits& limits) {
  const auto is_full = [&] {
    return context.batches - context.in_flight >= limits.batches_ready ||
           context.batches >= limits.most_batches || !work.has_room();
  };
  for (;;) {
    while (is_full() && !context.stop.requested() && !batches.is_cancelled()) {
      co_await context.changed.wait();
    }
    if (context.stop.requested() || batches.is_cancelled()) co_return;
    std::optional<asio::awaitable<void>> batch = work.next();
    if (!batch) co_return;
    ++context.batches;
    batches.start(live(context, std::move(*batch)));
  }
}

class OneBatch final : public BatchWork {
 public:
  explicit OneBatch(asio::awaitable<void> batch) : batch_(std::move(batch)) {}

  std::optional<asio::awaitable<void>> next() override {
    auto batch = std::move(batch_);
    batch_.reset();
    return batch;
  }

 private:
  std::optional<asio::awaitable<void>> batch_;
};

}  // namespace

asio::awaitable<void> run_batches(CallContext& context, BatchWork& work, CrewLimits limits) {
  const auto executor = co_await asio::this_coro::executor;
  Nursery batches(executor);
  Nursery watches(executor);
  watches.start(carry_out_stop(context, batches, limits.grace));
  asio::awaitable<void> starting = start_all(context, work, batches, limits);
  co_await run_watched(std::move(starting), batches, watches);
}

asio::awaitable<void> run_batch(CallContext& context, asio::awaitable<void> batch) {
  OneBatch work(std::move(batch));
  const CrewLimits limits;
  co_await run_batches(context, work, limits);
}

}  // namespace payferry

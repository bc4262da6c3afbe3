#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <utility>

#include "net/time.hpp"

namespace payferry::test {

/// A clock that stands still until every coroutine waits, and then jumps to the next thing that is
/// due.
class VirtualTime final : public Time {
 public:
  explicit VirtualTime(boost::asio::io_context& context,
                       Instant start = Instant(std::chrono::milliseconds(1'780'000'000'000)))
      : context_(context), wall_start_(start) {}

  SteadyPoint now() const override { return now_; }
  Instant wall_now() const override { return continuous_now() + wall_was_set_by_; }
  Instant continuous_now() const override {
    return wall_start_ +
           std::chrono::duration_cast<std::chrono::milliseconds>(now_ - SteadyPoint());
  }
  /// As somebody with the rights to do so would.
  void set_wall_by(std::chrono::milliseconds difference) { wall_was_set_by_ += difference; }
  boost::asio::awaitable<void> sleep_until(SteadyPoint when) override;
  boost::asio::awaitable<void> sleep_until(SteadyPoint when,
                                           boost::asio::steady_timer& alarm) override;

  /// Runs the context until no coroutine can go on and nobody sleeps. Returns the number of jumps.
  std::size_t run();
  /// The same, but goes no further than `until`.
  std::size_t run_until(SteadyPoint until);
  /// True while some coroutine sleeps.
  bool has_sleepers() const { return !sleepers_.empty(); }

 private:
  boost::asio::io_context& context_;
  Instant wall_start_;
  std::chrono::milliseconds wall_was_set_by_{};
  SteadyPoint now_{};
  std::uint64_t next_ticket_ = 0;
  std::map<std::pair<SteadyPoint, std::uint64_t>, boost::asio::steady_timer*> sleepers_;
};

}  // namespace payferry::test

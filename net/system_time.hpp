#pragma once

#include "net/time.hpp"

namespace payferry {

/// The machine's clocks.
class SystemTime final : public Time {
 public:
  SystemTime();
  SteadyPoint now() const override;
  Instant wall_now() const override;
  Instant continuous_now() const override;
  boost::asio::awaitable<void> sleep_until(SteadyPoint when) override;
  boost::asio::awaitable<void> sleep_until(SteadyPoint when,
                                           boost::asio::steady_timer& alarm) override;

 private:
  std::chrono::nanoseconds made_;  ///< since the machine was started
  Instant made_at_;
};

}  // namespace payferry

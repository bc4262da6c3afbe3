#pragma once

#include "net/time.hpp"

namespace payferry {

/// The machine's clocks.
class SystemTime final : public Time {
 public:
  SteadyPoint now() const override;
  Instant wall_now() const override;
  boost::asio::awaitable<void> sleep_until(SteadyPoint when) override;
  boost::asio::awaitable<void> sleep_until(SteadyPoint when,
                                           boost::asio::steady_timer& alarm) override;
};

}  // namespace payferry

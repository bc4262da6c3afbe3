#pragma once

#include <chrono>
#include <string>

#include "model/instant.hpp"

namespace payferry::simulator {

/// The account's time zone: its midnight is when the daily limit starts anew (contract §4.1).
class AccountClock {
 public:
  /// Throws std::runtime_error with one clear sentence for a name that is no IANA time zone.
  explicit AccountClock(const std::string& time_zone);

  const std::string& time_zone() const { return time_zone_; }
  std::chrono::milliseconds offset_at(Instant now) const;
  /// The first midnight after `now`.
  Instant next_midnight(Instant now) const;

 private:
  std::string time_zone_;
  bool utc_;
};

}  // namespace payferry::simulator

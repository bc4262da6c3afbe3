#include "bench/simulator/core/account_clock.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace payferry::simulator {

namespace {

void require_zone(const std::string& time_zone) {
  try {
    date::locate_zone(time_zone);
  } catch (const std::exception&) {
    throw std::runtime_error("\"" + time_zone +
                             "\" is no IANA time zone; write one such as Europe/London");
  }
}

}  // namespace

// UTC is known without the time zone database, so that simulations need not read it.
AccountClock::AccountClock(const std::string& time_zone)
    : time_zone_(time_zone), utc_(time_zone == "UTC") {
  if (!utc_) require_zone(time_zone);
}

std::chrono::milliseconds AccountClock::offset_at(Instant now) const {
  if (utc_) return std::chrono::milliseconds(0);
  return date::locate_zone(time_zone_)->get_info(now).offset;
}

Instant AccountClock::next_midnight(Instant now) const {
  const auto today = std::chrono::floor<std::chrono::days>(now + offset_at(now));
  const auto tomorrow = (today + std::chrono::days(1)).time_since_epoch();
  if (utc_) return Instant(tomorrow);
  const date::local_days local(tomorrow);
  return date::locate_zone(time_zone_)->to_sys(local, date::choose::earliest);
}

}  // namespace payferry::simulator

#include "net/daily_budget.hpp"

#include <date/tz.h>

#include <algorithm>
#include <cmath>

namespace payferry {

namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kMostMidnights = 3650;

std::uint64_t share(std::uint64_t daily, double percent) {
  return static_cast<std::uint64_t>(std::ceil(static_cast<double>(daily) * percent / 100));
}

std::uint64_t less(std::uint64_t from, std::uint64_t what) {
  return from > what ? from - what : 0;
}

std::chrono::milliseconds time_to_send(std::uint64_t requests, const WindowRule& window) {
  if (requests <= window.requests) return 0ms;
  const std::chrono::duration<double, std::milli> span = window.span;
  const auto windows = static_cast<double>(requests) / window.requests;
  return std::chrono::milliseconds(static_cast<std::int64_t>(windows * span.count()));
}

std::uint64_t sendable(std::chrono::milliseconds time, const WindowRule& window) {
  const std::chrono::duration<double> seconds = time;
  const std::chrono::duration<double> span = window.span;
  return static_cast<std::uint64_t>(std::max(seconds / span, 1.0) * window.requests);
}

}  // namespace

std::optional<NextMidnight> midnights_in(const std::string& time_zone) {
  const date::time_zone* zone = nullptr;
  try {
    zone = date::locate_zone(time_zone);
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
  return [zone](Instant now) {
    const auto tomorrow = std::chrono::floor<date::days>(zone->to_local(now)) + date::days(1);
    // Where summer time starts at midnight, the day begins an hour later.
    return Instant(zone->to_sys(tomorrow, date::choose::earliest));
  };
}

NextMidnight midnights_at(std::chrono::milliseconds utc_offset) {
  return [utc_offset](Instant now) {
    return Instant(std::chrono::floor<date::days>(now + utc_offset) + date::days(1)) - utc_offset;
  };
}

std::optional<NextMidnight> midnights_of(const AccountDetails& account) {
  if (auto midnights = midnights_in(account.time_zone)) return midnights;
  if (account.utc_offset) return midnights_at(*account.utc_offset);
  return std::nullopt;
}

NextMidnight possible_midnights() {
  return [](Instant now) {
    using Quarter = std::chrono::duration<std::int64_t, std::ratio<900>>;
    return Instant(std::chrono::floor<Quarter>(now) + Quarter(1));
  };
}

std::uint64_t DailyBudget::take() {
  ++taken_;
  if (!has_begun_) asks_ = taken_;
  return taken_;
}

void DailyBudget::give_back(std::uint64_t request) {
  if (!known_ || request > known_->at_request) ++given_back_;
}

void DailyBudget::ended(std::uint64_t request, bool was_served) {
  if (request != asks_) return;
  has_begun_ = was_served;
  asks_.reset();
}

void DailyBudget::observe(const RateHeaders& headers, std::uint64_t request) {
  if (!headers.daily || !headers.daily_remaining || request < first_of_day_) return;
  if (known_ && request < known_->at_request) return;
  known_ = Known{*headers.daily, *headers.daily_remaining, request};
  given_back_ = 0;
}

void DailyBudget::exhausted() {
  is_exhausted_ = true;
}

void DailyBudget::start_day() {
  is_exhausted_ = false;
  has_begun_ = false;
  asks_.reset();
  known_.reset();
  first_of_day_ = taken_ + 1;
}

std::uint64_t DailyBudget::reserve() const {
  return share(known_->daily, reserve_percent_);
}

std::optional<std::uint64_t> DailyBudget::remaining() const {
  if (is_exhausted_) return 0;
  if (!known_) return std::nullopt;
  return less(known_->remaining, less(taken_ - known_->at_request, given_back_));
}

bool DailyBudget::is_used() const {
  if (is_exhausted_) return true;
  return known_ && *remaining() <= reserve();
}

std::optional<QuotaForecast> forecast(std::uint64_t requests, const QuotaOutlook& outlook,
                                      Instant now) {
  if (!outlook.daily) return QuotaForecast{now + time_to_send(requests, outlook.window)};
  const auto reserve = share(*outlook.daily, outlook.reserve_percent);
  if (*outlook.daily <= reserve) return std::nullopt;
  auto usable = less(outlook.daily_remaining.value_or(*outlook.daily), reserve);
  QuotaForecast forecast{now};
  while (forecast.midnights < kMostMidnights) {
    const auto midnight = outlook.next_midnight(forecast.done_at);
    const auto today = std::min(usable, sendable(midnight - forecast.done_at, outlook.window));
    if (requests <= today) {
      forecast.done_at += time_to_send(requests, outlook.window);
      return forecast;
    }
    requests -= today;
    // A day in which the quota was not used up has no wait at its end.
    if (today == usable) ++forecast.midnights;
    forecast.done_at = midnight;
    usable = *outlook.daily - reserve;
  }
  return std::nullopt;
}

}  // namespace payferry

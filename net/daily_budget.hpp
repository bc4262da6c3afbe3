#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "model/account.hpp"
#include "model/answer.hpp"
#include "model/instant.hpp"
#include "net/budget.hpp"

namespace payferry {

/// The account's first midnight after a moment: then HubSpot counts the day's requests anew
/// (contract §4.1).
using NextMidnight = std::function<Instant(Instant)>;

/// Midnights in an IANA time zone, as account-info gives it; nothing if the machine does not know
/// the zone.
std::optional<NextMidnight> midnights_in(const std::string& time_zone);
/// Midnights at a fixed offset, as account-info gives it too. An hour off on the days when summer
/// time changes.
NextMidnight midnights_at(std::chrono::milliseconds utc_offset);
/// As the account's details tell it, by the zone first; nothing where neither helps.
std::optional<NextMidnight> midnights_of(const AccountDetails& account);
/// Where the zone is not known: every quarter of an hour is midnight somewhere, and worth a try.
NextMidnight possible_midnights();

/// The requests of the account's day, of which a reserve is left for other programs (contract
/// §4.1). The headers tell what remains, whoever used it; between them own requests are counted on.
/// A decision without I/O.
class DailyBudget {
 public:
  explicit DailyBudget(double reserve_percent) : reserve_percent_(reserve_percent) {}

  /// A request is promised. Its number, to be given back or told with the headers of its answer.
  std::uint64_t take();
  void give_back(std::uint64_t request);
  /// Every request that was taken, once; `was_served`: it got the answer that it asked for.
  void ended(std::uint64_t request, bool was_served);
  void observe(const RateHeaders& headers, std::uint64_t request);
  /// A 429 of the daily policy: nothing remains, whatever was thought.
  void exhausted();
  /// Midnight has passed by our clock. What answers to earlier requests say is of yesterday.
  void start_day();

  /// The first request of a new day is under way, and what it finds decides for all: by HubSpot's
  /// clock it may be yesterday still. Nothing is to be taken before it has ended.
  bool is_asking() const { return asks_.has_value(); }
  /// The reserve, or everything, is reached. Never while nothing is known: OAuth apps have no daily
  /// headers.
  bool is_used() const;
  /// With the reserve.
  std::optional<std::uint64_t> remaining() const;

 private:
  struct Known {
    std::uint64_t daily;
    std::uint64_t remaining;
    std::uint64_t at_request;
  };

  std::uint64_t reserve() const;

  double reserve_percent_;
  std::uint64_t taken_ = 0;
  std::uint64_t given_back_ = 0;
  std::uint64_t first_of_day_ = 1;
  bool is_exhausted_ = false;
  bool has_begun_ = true;              ///< the day, as an answer has shown
  std::optional<std::uint64_t> asks_;  ///< the request that finds it out
  std::optional<Known> known_;
};

/// What a forecast is made from.
struct QuotaOutlook {
  WindowRule window{};
  std::optional<std::uint64_t> daily;            ///< nothing: no daily limit
  std::optional<std::uint64_t> daily_remaining;  ///< nothing: all of it
  double reserve_percent = 0;
  NextMidnight next_midnight;  ///< needed with `daily`
};

struct QuotaForecast {
  Instant done_at;
  std::uint32_t midnights = 0;  ///< to be waited for because the day's requests are used
};

/// When `requests` will have been sent that start at `now`, if nothing but HubSpot's quota slows
/// them. Nothing if it would take more than ten years, or the reserve leaves nothing of a day.
std::optional<QuotaForecast> forecast(std::uint64_t requests, const QuotaOutlook& outlook,
                                      Instant now);

}  // namespace payferry

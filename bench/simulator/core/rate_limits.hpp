#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "bench/simulator/core/account_clock.hpp"
#include "bench/simulator/core/authentication.hpp"
#include "bench/simulator/core/fault.hpp"
#include "bench/simulator/core/rolling_window.hpp"
#include "bench/simulator/core/simulator_options.hpp"
#include "model/answer.hpp"

namespace payferry::simulator {

enum class LimitPolicy { ten_secondly_rolling, daily, secondly };

/// A request over a limit.
struct Throttle {
  LimitPolicy policy = LimitPolicy::ten_secondly_rolling;
  Instant free_at{};  ///< when there is room again, if nobody else comes
};

/// The rolling window of each app, the account's day, and the limits of search and associations
/// (contract §4).
class RateLimits {
 public:
  RateLimits(const LimitOptions& options, const AccountClock& clock);

  /// Counts a request; nothing where it is within all limits. `refused_count`: those over a limit
  /// use it up too.
  std::optional<Throttle> count(const Caller& caller, RequestClass request, Instant now,
                                bool refused_count);
  /// The headers of its answer (contract §4.2).
  RateHeaders headers(const Caller& caller, RequestClass request, Instant now);

  void external_requests(std::uint32_t count, Instant now);
  void external_rate(double requests_per_second, Instant now);

  std::uint64_t daily_used() const { return daily_used_; }
  /// The most requests that any window of one app has seen, refused ones too.
  std::uint32_t peak() const { return peak_; }

 private:
  struct App {
    explicit App(const LimitOptions& options)
        : counted(options.window), arrived(options.window), associations(options.window) {}
    RollingWindow counted;
    RollingWindow arrived;
    RollingWindow associations;
  };

  App& app_of(const Caller& caller);
  void start_day_if_new(Instant now);
  void add_external_until(Instant now);
  std::uint32_t used(App& app, Instant now);
  std::optional<Throttle> over_window(App& app, RequestClass request, Instant now);
  void add(App& app, RequestClass request, Instant now);

  LimitOptions options_;
  const AccountClock& clock_;
  std::map<std::string, App, std::less<>> apps_;
  RollingWindow external_;
  RollingWindow searches_;
  std::uint64_t daily_used_ = 0;
  Instant next_midnight_{};
  std::optional<std::chrono::milliseconds> external_interval_;
  Instant next_external_{};
  std::uint32_t peak_ = 0;
};

/// The body of a 429 (contract §3.5).
std::string throttle_body(LimitPolicy policy, const std::string& correlation_id,
                          std::uint64_t portal_id, bool name_policy);

}  // namespace payferry::simulator

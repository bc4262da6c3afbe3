#include "bench/simulator/core/rate_limits.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <string_view>

namespace payferry::simulator {

namespace {

bool in_window(RequestClass request) {
  return request != RequestClass::search && request != RequestClass::association;
}

}  // namespace

RateLimits::RateLimits(const LimitOptions& options, const AccountClock& clock)
    : options_(options),
      clock_(clock),
      external_(options.window),
      searches_(std::chrono::seconds(1)) {}

std::optional<Throttle> RateLimits::count(const Caller& caller, RequestClass request, Instant now,
                                          bool refused_count) {
  start_day_if_new(now);
  add_external_until(now);
  App& app = app_of(caller);
  if (in_window(request)) {
    app.arrived.add(now);
    peak_ = std::max(peak_, static_cast<std::uint32_t>(app.arrived.count(now)));
  }
  if (!options_.enforced) {
    ++daily_used_;
    return std::nullopt;
  }
  std::optional<Throttle> throttle;
  if (!caller.oauth && daily_used_ >= options_.requests_per_day) {
    throttle = Throttle{LimitPolicy::daily, next_midnight_};
  } else {
    throttle = over_window(app, request, now);
  }
  if (!throttle || refused_count) add(app, request, now);
  return throttle;
}

RateHeaders RateLimits::headers(const Caller& caller, RequestClass request, Instant now) {
  RateHeaders headers;
  if (request == RequestClass::search || !options_.enforced) return headers;
  const std::uint32_t taken = used(app_of(caller), now);
  headers.max = options_.requests_per_window;
  headers.remaining = options_.requests_per_window - std::min(options_.requests_per_window, taken);
  headers.interval = options_.window;
  if (!caller.oauth) {
    headers.daily = options_.requests_per_day;
    headers.daily_remaining =
        options_.requests_per_day - std::min(options_.requests_per_day, daily_used_);
  }
  return headers;
}

void RateLimits::external_requests(std::uint32_t count, Instant now) {
  add_external_until(now);
  for (std::uint32_t i = 0; i < count; ++i) external_.add(now);
  daily_used_ += count;
}

void RateLimits::external_rate(double requests_per_second, Instant now) {
  external_interval_.reset();
  if (requests_per_second <= 0) return;
  const auto interval = std::chrono::duration<double>(1 / requests_per_second);
  external_interval_ = std::max(std::chrono::milliseconds(1),
                                std::chrono::round<std::chrono::milliseconds>(interval));
  next_external_ = now + *external_interval_;
}

RateLimits::App& RateLimits::app_of(const Caller& caller) {
  const auto found = apps_.find(caller.app);
  return found != apps_.end() ? found->second : apps_.emplace(caller.app, options_).first->second;
}

void RateLimits::start_day_if_new(Instant now) {
  if (now < next_midnight_) return;
  if (next_midnight_ != Instant{}) daily_used_ = 0;
  next_midnight_ = clock_.next_midnight(now);
}

// The other integration is throttled too: what finds the window full is not counted.
void RateLimits::add_external_until(Instant now) {
  if (!external_interval_) return;
  for (; next_external_ <= now; next_external_ += *external_interval_) {
    if (external_.count(next_external_) >= options_.requests_per_window) continue;
    external_.add(next_external_);
    ++daily_used_;
  }
}

std::uint32_t RateLimits::used(App& app, Instant now) {
  return static_cast<std::uint32_t>(app.counted.count(now) + external_.count(now));
}

std::optional<Throttle> RateLimits::over_window(App& app, RequestClass request, Instant now) {
  if (request == RequestClass::search) {
    if (searches_.count(now) < options_.searches_per_second) return std::nullopt;
    return Throttle{LimitPolicy::secondly, searches_.next_free(now)};
  }
  if (request == RequestClass::association) {
    if (app.associations.count(now) < options_.association_requests_per_window) return std::nullopt;
    return Throttle{LimitPolicy::ten_secondly_rolling, app.associations.next_free(now)};
  }
  if (used(app, now) < options_.requests_per_window) return std::nullopt;
  Instant free_at = Instant::max();
  for (const RollingWindow* window : {&app.counted, &external_}) {
    if (window->count(now) > 0) free_at = std::min(free_at, window->next_free(now));
  }
  return Throttle{LimitPolicy::ten_secondly_rolling, free_at};
}

void RateLimits::add(App& app, RequestClass request, Instant now) {
  ++daily_used_;
  if (request == RequestClass::search) {
    searches_.add(now);
  } else if (request == RequestClass::association) {
    app.associations.add(now);
  } else {
    app.counted.add(now);
  }
}

std::string throttle_body(LimitPolicy policy, const std::string& correlation_id,
                          std::uint64_t portal_id, bool name_policy) {
  std::string_view what = "ten_secondly_rolling limit";
  std::string_view name = "TEN_SECONDLY_ROLLING";
  if (policy == LimitPolicy::daily) {
    what = "daily limit";
    name = "DAILY";
  } else if (policy == LimitPolicy::secondly) {
    what = "secondly limit";
    name = "SECONDLY";
  }
  boost::json::object body{{"status", "error"},
                           {"message", "You have reached your " + std::string(what) + "."},
                           {"errorType", "RATE_LIMIT"},
                           {"correlationId", correlation_id}};
  if (name_policy) body["policyName"] = name;
  if (policy == LimitPolicy::ten_secondly_rolling && name_policy) {
    body["groupName"] =
        "publicapi:private_app-api-calls-ten-secondly:1512050:" + std::to_string(portal_id);
  }
  return boost::json::serialize(body);
}

}  // namespace payferry::simulator

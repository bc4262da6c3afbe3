#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "config/settings.hpp"
#include "model/answer.hpp"
#include "net/budget.hpp"
#include "net/daily_budget.hpp"
#include "net/send_listener.hpp"
#include "net/time.hpp"

namespace payferry {

/// Which of HubSpot's limits a request counts against (contract §4).
enum class RequestKind {
  write,        ///< batch create, upsert, archive: the ten-secondly window and the day
  read,         ///< batch read, properties, labels, account: the same window and day
  search,       ///< its own 5/s
  association,  ///< v4 associations: exempt from the ten-secondly window, limits of their own
};

/// How a request ended, as far as admission must react to it.
enum class Feedback {
  answered,            ///< a whole answer, whatever it says of records
  throttled_window,    ///< 429 TEN_SECONDLY_ROLLING or a 429 that names no policy
  throttled_secondly,  ///< 429 SECONDLY
  throttled_daily,     ///< 429 DAILY
  overloaded,          ///< 423, 5xx, 52x: the server is in trouble
  unanswered,          ///< timeout, reset, truncated
  unreachable,         ///< not sent: no connection could be had
};

class Admission;

/// Leave to send one request, and the place where its fate is told. Move-only. Given back by its
/// destructor; never sent, it costs no quota. Thread: the network's. The Admission must outlive it.
class Permit final : public SendListener {
 public:
  Permit(Permit&&) noexcept;
  Permit& operator=(Permit&&) noexcept;
  ~Permit() override;

  /// The window counts from here.
  void sent(std::chrono::microseconds held_up) override;
  /// Once, when the request has ended; teaches the limits from headers, times and the feedback.
  void ended(const Answer& answer, Feedback feedback);

 private:
  friend class Admission;
  struct State;
  explicit Permit(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// What else shapes an Admission.
struct AdmissionOptions {
  bool wait_for_midnight = false;  ///< when the day's requests are used: wait instead of closing
  std::unique_ptr<Budget> budget;  ///< of the ten-secondly window; nothing: this process's own
};

/// The one gate before the wire: pauses, circuit breaker, concurrency limit, rolling window, daily
/// budget. It decides by plain classes that take facts and the time (governor.hpp,
/// concurrency_limit.hpp, circuit_breaker.hpp); this class only makes coroutines wait for them.
/// Thread: the network's.
class Admission {
 public:
  /// `time` must outlive this.
  Admission(const LimitSettings& limits, Time& time, boost::asio::any_io_executor executor,
            AdmissionOptions options = {});
  ~Admission();

  /// Waits for leave to send. Nothing once closed. Writes are served in order of asking; look-ups
  /// do not starve them, nor they the look-ups.
  boost::asio::awaitable<std::optional<Permit>> admit(RequestKind kind);

  /// Nothing is admitted before `until`; for all connections (477, Retry-After on a 5xx).
  void pause_until(SteadyPoint until);
  /// When the account's days end; without it, whenever a day may end somewhere.
  void set_midnights(NextMidnight next);
  /// All that wait get nothing, now and later. Requests under way go on.
  void close();
  bool is_closed() const;
  /// True when the day's requests, less daily_reserve, are used; the gate closes itself for it
  /// unless `wait_for_midnight` was asked for.
  bool daily_budget_used() const;

  struct Snapshot {
    std::uint32_t in_flight = 0;
    std::uint32_t concurrency = 0;  ///< most in flight at this time
    std::uint32_t window_used = 0;  ///< requests in the window that ends now
    std::uint32_t window_allowed = 0;
    std::uint64_t requests = 0;   ///< sent since the start
    std::uint64_t throttled = 0;  ///< 429 answers
    std::optional<std::uint64_t> daily_remaining;
    bool circuit_open = false;
    /// The day's requests are used, and until then it is waited for the next one's.
    std::optional<Instant> waits_for_day;
    bool knows_midnights = false;  ///< of the account: otherwise that is only a time to ask again
  };
  Snapshot snapshot() const;

 private:
  friend class Permit;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace payferry

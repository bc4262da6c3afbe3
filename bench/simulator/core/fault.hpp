#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string_view>

#include "bench/simulator/core/random.hpp"

namespace payferry::simulator {

/// What can go wrong with one request. `_uncommitted`: nothing was written; of the others the write
/// was done unless the comment says otherwise.
enum class Fault {
  reset,              ///< connection reset instead of an answer
  reset_uncommitted,  ///< the same, but nothing was written
  late_commit,        ///< connection reset; the request is carried out later
                      ///< (FaultPlan::late_commit_after)
  truncated,          ///< the answer breaks off in the middle of its body
  stall,              ///< no answer for FaultPlan::stall_for, then a reset
  stall_uncommitted,
  bad_gateway,  ///< 502 with an HTML body
  bad_gateway_uncommitted,
  gateway_timeout,  ///< 504 with an HTML body
  timeout_524,      ///< 524 after FaultPlan::timeout_524_after
  server_error,     ///< 500
  server_error_uncommitted,
  unavailable,  ///< 503, nothing written
  locked,       ///< 423, nothing written
  moving,       ///< 477 with Retry-After, nothing written
  throttled,    ///< 429 out of the blue, nothing written
  expired,  ///< 401 EXPIRED_AUTHENTICATION, nothing written; an OAuth access token is expired by it
  empty,    ///< 2xx with neither results nor errors
  empty_uncommitted,
  missing,  ///< one written record is in neither list of the answer
  missing_uncommitted,
  slow,  ///< answered well, after FaultPlan::slow_by more
};
inline constexpr std::size_t kFaultCount = 22;

/// The name on the command line, e.g. "reset-uncommitted".
std::string_view name_of(Fault fault);
std::optional<Fault> fault_named(std::string_view name);

/// How often which fault happens, and to what.
struct FaultPlan {
  /// By Fault, 0 to 1; together at most 1. At most one fault happens to a request.
  std::array<double, kFaultCount> probability{};
  bool on_writes = true;
  bool on_reads = false;     ///< batch read and search too
  bool on_settings = false;  ///< properties, labels, account, OAuth too
  std::chrono::milliseconds late_commit_after = std::chrono::seconds(30);
  std::chrono::milliseconds timeout_524_after = std::chrono::seconds(100);
  std::chrono::milliseconds stall_for = std::chrono::hours(1);
  std::chrono::milliseconds slow_by = std::chrono::seconds(5);
  std::chrono::seconds moving_for{30};

  FaultPlan& with(Fault fault, double its_probability);
  /// Whether all probabilities together are at most 1.
  bool is_possible() const;
};

/// What a request is to HubSpot, as far as faults and limits are concerned.
enum class RequestClass { write, read, search, association, settings };

/// Draws faults from a plan, and carries out those that a test ordered.
class FaultInjector {
 public:
  explicit FaultInjector(const FaultPlan& plan) : plan_(plan) {}

  FaultPlan& plan() { return plan_; }
  const FaultPlan& plan() const { return plan_; }
  /// The next `count` requests that the plan applies to suffer `fault`, after `skip` that do not.
  void order(Fault fault, std::size_t count = 1, std::size_t skip = 0);
  void forget_orders() { ordered_.clear(); }
  std::optional<Fault> draw(RequestClass request, Random& random);

 private:
  bool applies_to(RequestClass request) const;

  FaultPlan plan_;
  std::deque<std::optional<Fault>> ordered_;
};

}  // namespace payferry::simulator

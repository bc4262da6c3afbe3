#pragma once

#include <optional>

#include "model/answer.hpp"
#include "model/batch_answer.hpp"
#include "model/instant.hpp"
#include "model/send_time.hpp"

namespace payferry {

/// What is certain about the difference between HubSpot's clock and ours. It decides whether a
/// record that HubSpot holds can have been made by a request of this run, which must never be
/// guessed. A decision without I/O.
///
/// Each answer bounds the difference from both sides; the bounds of all answers together are
/// narrow. They widen with time, since clocks drift, and start anew where answers contradict each
/// other, since then one was set.
class HubSpotClock {
 public:
  /// What any answer tells, if one came.
  void observe(const Answer& answer);
  /// What a batch's answer tells, with its body.
  void observe(const Answer& answer, const BatchAnswer& body);
  /// An answer with the Date header `date`: HubSpot wrote it between our `sent` and `received`.
  void observe(Instant sent, Instant received, Instant date);
  /// A batch answer: work began after the request arrived, and ended before the answer left
  /// (contract §1.4).
  void observe_body(Instant sent, Instant received, Instant started_at, Instant completed_at);

  /// Between which moments of HubSpot's clock ours, of this process, lies; nothing while nothing is
  /// known.
  std::optional<MomentSpan> span_at(Instant our_time) const;
  /// True only if `server_time`, by HubSpot's clock, is certainly at or after `our_time`, by ours.
  bool surely_after(Instant server_time, Instant our_time) const;
  /// True only if `server_time` is certainly at or before `our_time`.
  bool surely_before(Instant server_time, Instant our_time) const;

 private:
  using Milliseconds = std::chrono::milliseconds;

  /// HubSpot's clock less ours, at our time `at`.
  struct Bounds {
    Milliseconds least;
    Milliseconds most;
    Instant at;

    Bounds seen_from(Instant when) const;
  };

  void narrow(const Bounds& seen);

  std::optional<Bounds> bounds_;
};

/// True only if `server_time`, rounded down, is certainly at or after what lies in the span; never
/// without one. Both by HubSpot's clock.
bool is_surely_after(Instant server_time, const std::optional<MomentSpan>& span);
bool is_surely_before(Instant server_time, const std::optional<MomentSpan>& span);

}  // namespace payferry

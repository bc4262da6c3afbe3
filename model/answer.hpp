#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "model/instant.hpp"

namespace payferry {

/// How far a request got. It decides what may be sent again.
enum class Reach {
  not_sent,         ///< no byte of it was taken by the network: HubSpot cannot have it
  sent_unanswered,  ///< at least a part went out and no whole answer came: in doubt
  answered,         ///< a whole HTTP answer came
};

/// What broke where no whole answer came. With `tls_untrusted` and the like the run cannot do
/// better by waiting.
enum class FailureKind {
  none,
  unresolved,              ///< the host name has no address
  refused_or_unreachable,  ///< no address took the connection
  timeout,                 ///< connect_timeout or request_timeout ran out
  tls_untrusted,           ///< the certificate: unknown issuer, wrong name, expired, not yet valid
  tls_failed,              ///< any other trouble of TLS: version, protocol, client certificate
  proxy_refused,           ///< the proxy did not open the way, 407 above all
  closed,                  ///< closed or reset by the far side before the answer was whole
  protocol,                ///< what came is no HTTP answer that could be read
  unauthorized,            ///< no access token could be had, and another try will not change it
};

/// What HubSpot's rate-limit headers said (contract §4.2); search answers and gateways send none.
struct RateHeaders {
  std::optional<std::uint32_t> max;
  std::optional<std::uint32_t> remaining;
  std::optional<std::chrono::milliseconds> interval;
  std::optional<std::uint64_t> daily;
  std::optional<std::uint64_t> daily_remaining;
};

/// However long an answer asks to wait. What is longer can be no word of HubSpot's, and may
/// overflow when it is added to a time.
inline constexpr std::chrono::seconds kLongestRetryAfter = std::chrono::hours(24);

/// What came of one request, whether an answer or a failure on the way.
struct Answer {
  Answer() = default;
  Answer(Reach how_far, std::string why, FailureKind kind = FailureKind::none)
      : reach(how_far), failure_kind(kind), failure(std::move(why)) {}

  Reach reach = Reach::not_sent;
  FailureKind failure_kind = FailureKind::none;
  std::string failure;  ///< where not answered: what broke, for people
  int status = 0;       ///< HTTP status where answered
  std::string body;
  std::string correlation_id;  ///< X-HubSpot-Correlation-Id
  std::optional<std::chrono::seconds>
      retry_after;              ///< Retry-After, in seconds or from an HTTP date; a day at most
  std::optional<Instant> date;  ///< Date header: HubSpot's clock, whole seconds
  RateHeaders rate;
  Instant sent_at{};      ///< when the first byte went out, by our clock: Time::continuous_now
  Instant received_at{};  ///< our wall clock when the answer was whole, or the failure noticed
  /// Where a connection was opened for it: the TCP handshake's round trip, which has no work at the
  /// server in it.
  std::optional<std::chrono::microseconds> travelled;
};

}  // namespace payferry

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

/// What HubSpot's rate-limit headers said (contract §4.2); search answers and gateways send none.
struct RateHeaders {
  std::optional<std::uint32_t> max;
  std::optional<std::uint32_t> remaining;
  std::optional<std::chrono::milliseconds> interval;
  std::optional<std::uint64_t> daily;
  std::optional<std::uint64_t> daily_remaining;
};

/// What came of one request, whether an answer or a failure on the way.
struct Answer {
  Answer() = default;
  Answer(Reach how_far, std::string why) : reach(how_far), failure(std::move(why)) {}

  Reach reach = Reach::not_sent;
  std::string failure;  ///< where not answered: what broke, for people
  int status = 0;       ///< HTTP status where answered
  std::string body;
  std::string correlation_id;                       ///< X-HubSpot-Correlation-Id
  std::optional<std::chrono::seconds> retry_after;  ///< Retry-After, in seconds or from an HTTP date
  std::optional<Instant> date;                      ///< Date header: HubSpot's clock, whole seconds
  RateHeaders rate;
  Instant sent_at{};      ///< our wall clock when the first byte went out
  Instant received_at{};  ///< our wall clock when the answer was whole, or the failure noticed
};

}  // namespace payferry

#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/answer.hpp"
#include "model/instant.hpp"

namespace payferry::simulator {

inline constexpr std::string_view kJson = "application/json;charset=utf-8";
inline constexpr std::string_view kHtml = "text/html;charset=utf-8";

/// A request as HubSpot sees it. The views need to hold only for the call.
struct SimulatedRequest {
  std::string_view method;         ///< "GET", "POST", …
  std::string_view target;         ///< path and query
  std::string_view authorization;  ///< whole value of the header
  std::string_view body;
  /// For how long it has been here before anybody looked at it: HubSpot's front counts what
  /// arrives, however busy the rest is.
  std::chrono::milliseconds waited{0};
};

/// How the answer travels.
enum class Delivery {
  answered,   ///< whole
  dropped,    ///< no byte of it: the connection is reset when `delay` is over
  truncated,  ///< head and `sent_bytes` of the body, then the connection is closed
};

/// What HubSpot does with a request. Whether anything was written is known to the ledger alone.
struct SimulatedReply {
  int status = 200;
  std::string body;
  std::string_view content_type = kJson;
  std::string correlation_id;                       ///< X-HubSpot-Correlation-Id
  std::optional<std::chrono::seconds> retry_after;  ///< Retry-After
  RateHeaders rate;                                 ///< headers of contract §4.2; empty: not sent
  Instant date{};                                   ///< Date: HubSpot's clock when it answers
  Delivery delivery = Delivery::answered;
  std::size_t sent_bytes = 0;          ///< of a truncated body
  std::chrono::milliseconds delay{0};  ///< between the request's arrival and this answer or drop
};

/// The reply as a client's transport would tell it, for simulations without sockets.
Answer to_answer(SimulatedReply reply, Instant sent_at, Instant received_at);

}  // namespace payferry::simulator

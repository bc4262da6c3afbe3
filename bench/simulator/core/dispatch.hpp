#pragma once

#include "bench/simulator/core/call_context.hpp"
#include "bench/simulator/core/rate_limits.hpp"

namespace payferry::simulator {

/// Lets the endpoint that the route names do its work. `object` is the route's object type, nothing
/// where it names none that exists.
Response dispatch(CallContext& context, const Route& route, ObjectData* object,
                  std::string_view body, const LimitOptions& limits, const RateLimits& used);

/// What HubSpot's gateway says of a path that is none.
Response unknown_path();
/// An HTML page of a gateway on the way, with a 502, 504 or 524.
Response gateway_page(int status);

}  // namespace payferry::simulator

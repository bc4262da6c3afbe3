#pragma once

#include <string_view>

#include "bench/simulator/core/call_context.hpp"

namespace payferry::simulator {

/// POST …/search (contract §1.7): filters over the live records that search knows of already.
Response search_records(CallContext& context, ObjectData& object, std::string_view body);

}  // namespace payferry::simulator

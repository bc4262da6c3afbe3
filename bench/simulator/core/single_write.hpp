#pragma once

#include <string_view>

#include "bench/simulator/core/batch_write.hpp"
#include "bench/simulator/core/call_context.hpp"

namespace payferry::simulator {

/// Create (POST) or update (PATCH) of one record: a batch of one, told without its frame.
Response write_one(CallContext& context, ObjectData& object, const Route& route,
                   std::string_view body);
/// DELETE of one record: 204, whether it was there or not.
Response archive_one(CallContext& context, ObjectData& object, const Route& route);

}  // namespace payferry::simulator

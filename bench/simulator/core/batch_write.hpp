#pragma once

#include "bench/simulator/core/batch_request.hpp"
#include "bench/simulator/core/call_context.hpp"
#include "bench/simulator/core/write_plan.hpp"

namespace payferry::simulator {

/// Batch create, upsert or update: plans every input, decides whether the batch is refused whole
/// (contract §2.1), writes what is good and tells of it.
Response write_batch(CallContext& context, ObjectData& object, WriteKind kind,
                     const BatchRequest& request);

/// Batch archive (contract §1.8): 204, unknown ids are passed over.
Response archive_batch(CallContext& context, ObjectData& object, const BatchRequest& request);

}  // namespace payferry::simulator

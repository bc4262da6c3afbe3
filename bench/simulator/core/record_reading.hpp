#pragma once

#include "bench/simulator/core/batch_request.hpp"
#include "bench/simulator/core/call_context.hpp"

namespace payferry::simulator {

/// Batch read by record id or by a unique property (contract §1.6).
Response read_batch(CallContext& context, ObjectData& object, const BatchRequest& request);

/// GET of one record.
Response read_one(CallContext& context, ObjectData& object, const Route& route);
/// GET of all, in pages of `limit` (100 at most), from after the record id `after`.
Response list_records(CallContext& context, ObjectData& object, const Route& route);

}  // namespace payferry::simulator

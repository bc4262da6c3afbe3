#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "bench/simulator/core/batch_request.hpp"
#include "bench/simulator/core/call_context.hpp"
#include "bench/simulator/core/object_type.hpp"

namespace payferry::simulator {

/// A kind of association between two object types (contract §5.6).
struct AssociationLabel {
  std::uint32_t type_id;
  std::string_view to_object;
};

/// All that lead away from an object type.
std::span<const AssociationLabel> labels_from(const ObjectType& from);
/// Nothing for an id that does not lead away from `from`.
const AssociationLabel* label_of(const ObjectType& from, std::uint32_t type_id);

/// GET …/labels.
Response list_labels(const ObjectType& from, const ObjectType& to);

/// Batch create, or with `by_default` batch associate/default; up to 2,000 inputs (contract §4.4).
Response associate_batch(CallContext& context, ObjectData& from, ObjectData& to, bool by_default,
                         std::string_view body);
/// PUT of one; `type_id` 0: the default one.
Response associate_one(CallContext& context, ObjectData& from, std::string_view from_id,
                       ObjectData& to, std::string_view to_id, std::uint32_t type_id);
/// The type id that the body of such a PUT asks for, 0 where it names none.
std::uint32_t asked_type(std::string_view body);

}  // namespace payferry::simulator

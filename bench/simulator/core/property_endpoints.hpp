#pragma once

#include <string_view>

#include "bench/simulator/core/call_context.hpp"

namespace payferry::simulator {

/// The property API of one object type (contract §1.9).
Response list_properties(const ObjectType& type);
Response read_property(CallContext& context, const ObjectType& type, std::string_view name);
Response create_property(CallContext& context, ObjectType& type, std::string_view body);
Response create_properties(CallContext& context, ObjectType& type, std::string_view body);
Response read_properties(CallContext& context, const ObjectType& type, std::string_view body);
Response list_property_groups(const ObjectType& type);

}  // namespace payferry::simulator

#pragma once

#include <memory>
#include <vector>

#include "bench/simulator/core/object_type.hpp"
#include "bench/simulator/core/simulator_options.hpp"

namespace payferry::simulator {

/// The object types that the simulated account has, with their properties (payments: contract §5.2,
/// §5.3, §5.5). Throws std::runtime_error with one clear sentence for a custom property that cannot
/// be.
std::vector<std::unique_ptr<ObjectType>> standard_object_types(const AccountOptions& options);

}  // namespace payferry::simulator

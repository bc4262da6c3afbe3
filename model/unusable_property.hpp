#pragma once

#include <span>

#include "model/batch.hpp"
#include "model/batch_answer.hpp"

namespace payferry {

/// A property that HubSpot does not have, or does not let be set, and that every record carries, is
/// a fault of the configuration: it would refuse the whole file, record by record. Null where
/// there is none, or one record alone, which may be the only one to carry it.
const AnsweredProblem* unusable_property_of_all(const BatchAnswer& body,
                                                std::span<const BatchEntry* const> sent);

}  // namespace payferry

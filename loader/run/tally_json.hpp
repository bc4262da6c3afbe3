#pragma once

#include <boost/json/object.hpp>

#include "loader/run/counters.hpp"
#include "loader/run/tally.hpp"

namespace payferry {

/// {"GBP": {"read": {"count": 2, "sum": "12.50"}, "loaded": …, "refused": …, "pending": …}}, sums
/// exact.
boost::json::object to_json(const ControlTotals& totals);
/// Counts by status and "amounts".
boost::json::object to_json(const Tally& tally);
boost::json::object to_json(const Counters& counters);

/// The inverse; throws std::runtime_error or boost::system::system_error for what to_json did not
/// write.
Tally parse_tally(const boost::json::object& object);
Counters parse_counters(const boost::json::object& object);

}  // namespace payferry

#pragma once

#include "model/zone_rules.hpp"

namespace date {
class time_zone;
}

namespace payferry {

/// A time zone as its file describes it.
struct TimeZone {
  const date::time_zone* table = nullptr;  ///< clock changes one by one; nullptr is UTC
  ZoneRules rules;                         ///< those behind the last in the table
};

}  // namespace payferry

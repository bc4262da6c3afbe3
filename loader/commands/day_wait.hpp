#pragma once

#include <optional>
#include <string>

#include "model/instant.hpp"

namespace payferry {

/// What is to be said of `--wait`, which may sleep for most of a day.
class DayWait {
 public:
  /// Both of Admission::Snapshot. A sentence when a wait has begun, and while it cannot be known
  /// when it ends, each time that HubSpot is to be asked again.
  std::optional<std::string> news(const std::optional<Instant>& until, bool knows_midnights);

 private:
  std::optional<Instant> told_;
};

}  // namespace payferry

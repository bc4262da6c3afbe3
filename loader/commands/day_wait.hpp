#pragma once

#include <optional>
#include <string>

#include "model/instant.hpp"

namespace payferry {

/// What is to be said of `--wait`, which may sleep for most of a day.
class DayWait {
 public:
  /// `until`: of Admission::Snapshot. A sentence when a wait has begun, nothing while it goes on.
  std::optional<std::string> news(const std::optional<Instant>& until);

 private:
  bool is_told_ = false;
};

}  // namespace payferry

#include "loader/commands/day_wait.hpp"

#include <utility>

#include "loader/report/progress_line.hpp"

namespace payferry {

std::optional<std::string> DayWait::news(const std::optional<Instant>& until) {
  const bool was_told = std::exchange(is_told_, until.has_value());
  if (!until || was_told) return std::nullopt;
  return "The day's requests are used, less daily_reserve: as --wait asks, payferry sleeps until " +
         to_the_minute(*until) + " and then goes on";
}

}  // namespace payferry

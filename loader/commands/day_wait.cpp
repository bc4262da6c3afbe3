#include "loader/commands/day_wait.hpp"

#include <utility>

#include "loader/report/progress_line.hpp"

namespace payferry {

std::optional<std::string> DayWait::news(const std::optional<Instant>& until,
                                         bool knows_midnights) {
  const std::optional<Instant> told = std::exchange(told_, until);
  if (!until) return std::nullopt;
  const std::string used = "The day's requests are used, less daily_reserve";
  if (!knows_midnights) {
    if (told == until) return std::nullopt;
    return used + ", and when the account's next day begins is not known: payferry asks again at " +
           to_the_minute(*until);
  }
  if (told) return std::nullopt;
  return used + ": as --wait asks, payferry sleeps until " + to_the_minute(*until) +
         " and then goes on";
}

}  // namespace payferry

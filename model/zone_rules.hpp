#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/instant.hpp"

namespace payferry {

/// The clock changes of every year, as the zone's file writes them behind its table, in the form of
/// POSIX's TZ with the additions of RFC 8536: "GMT0BST,M3.5.0/1,M10.5.0".
class ZoneRules {
 public:
  struct Change {
    Instant at;
    std::chrono::seconds offset;  ///< from UTC, from then on
    std::string_view abbreviation;
  };

  /// Of a zone that has no summer time.
  ZoneRules() = default;

  /// Nothing where it is not in that form. An empty text has no changes.
  static std::optional<ZoneRules> parse(std::string_view text);

  /// In their order.
  std::vector<Change> changes_in(std::chrono::year of) const;

  /// A clock's setting and how it is called.
  struct Clock {
    std::string abbreviation;
    std::chrono::seconds offset{};
  };

  /// When in a year the clocks change.
  struct Date {
    enum class Form { day_but_29_february, day, weekday_of_month };

    Form form = Form::day;
    unsigned day = 0;  ///< from 0, of the year
    std::chrono::month month{};
    unsigned week = 0;  ///< 5 is the last
    std::chrono::weekday weekday{};
    std::chrono::seconds time = std::chrono::hours(2);  ///< since midnight; may be negative

    std::chrono::local_seconds in(std::chrono::year of) const;
  };

 private:
  struct Yearly {
    Clock from;
    Clock to;
    Date date;
  };

  std::vector<Yearly> yearly_;  ///< none, or to summer time and back
};

}  // namespace payferry

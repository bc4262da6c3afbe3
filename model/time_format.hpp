#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "model/wall_time.hpp"

namespace payferry {

/// A strptime-like description of how times are written, compiled once.
///
/// Fields: %Y %y %m %d %e %H %I %M %S %f (decimals of the second, one to nine) %p %b %B %h %a %A
/// (English names, short or whole) %j %F %T %R %D %z %Ez (offset) %Z (abbreviation) %s (seconds
/// since 1970) %n %t %%. Numbers may leave out leading zeros. A blank in the format stands for any
/// number of blanks, none included.
class TimeFormat {
 public:
  /// What a text says, with the zone's abbreviation where the format has %Z.
  struct Written {
    WallTime wall{};
    std::optional<std::chrono::seconds> utc_offset;
    std::string_view zone_abbreviation;  ///< a view into the text; empty for "UTC", "GMT" and "Z"
  };

  /// The error says what is wrong with the format and what would be right.
  static tl::expected<TimeFormat, std::string> compile(std::string_view format);

  /// Nothing where the text is not written so, or names no day or time that there is.
  std::optional<Written> parse(std::string_view text) const;

  /// False: it names days alone.
  bool has_time_of_day() const;

 private:
  struct Step {
    char field = 0;    ///< the letter of the directive, 0 for a literal
    char literal = 0;  ///< ' ' stands for any blanks
  };

  std::vector<Step> steps_;
};

}  // namespace payferry

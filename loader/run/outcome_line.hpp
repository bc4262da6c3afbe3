#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/ids.hpp"
#include "model/outcome.hpp"

namespace payferry {

/// A line of outcomes.ndjson, read back.
struct OutcomeLine {
  Outcome outcome;
  LineNumber line;
  std::string file;
  std::string key;
};

/// Nothing for a line that payferry cannot have written.
std::optional<OutcomeLine> parse_outcome_line(std::string_view line);

}  // namespace payferry

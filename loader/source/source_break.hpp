#pragma once

#include <span>
#include <string>

#include "model/record.hpp"

namespace payferry {

/// Where and why an input could not be read to its proper end.
struct SourceBreak {
  SourcePosition position;  ///< of the row that broke, or of what would have been the next one
  std::string message;      ///< one sentence that names file, line, cause and remedy
  bool is_row = false;      ///< a record, whose error tells it as well
};

/// Their sentences behind those of `before`; so many are cut short.
std::string told(std::string before, std::span<const SourceBreak> breaks);

}  // namespace payferry

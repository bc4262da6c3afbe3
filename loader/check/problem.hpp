#pragma once

#include <functional>
#include <string>

#include "model/ids.hpp"

namespace payferry {

/// Something that keeps a record of the source out of HubSpot.
struct Problem {
  RecordNumber record;  ///< 0: the input as a whole is at fault
  std::string file;     ///< as it was named on the command line
  LineNumber line;      ///< where the record starts
  std::string code;     ///< as in the results log, e.g. INVALID_DECIMAL
  std::string property;
  std::string column;
  std::string value;    ///< the cell's text, or the beginning of the row; never a card number
  std::string message;  ///< one sentence with the remedy
};

/// Takes one problem after another, in the order of the source.
using TakeProblem = std::function<void(const Problem&)>;

}  // namespace payferry

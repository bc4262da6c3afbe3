#pragma once

#include <stdexcept>

namespace payferry {

/// The run directory cannot be written or read. Ends the run; the text names the file and the
/// remedy.
class DiskFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace payferry

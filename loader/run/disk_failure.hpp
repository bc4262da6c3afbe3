#pragma once

#include <stdexcept>

namespace payferry {

/// The run directory cannot be written or read. Ends the run; the text names the file and the
/// remedy.
class DiskFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What the run directory holds is not what payferry wrote: to try again does not help.
class DamagedRun : public DiskFailure {
 public:
  using DiskFailure::DiskFailure;
};

}  // namespace payferry

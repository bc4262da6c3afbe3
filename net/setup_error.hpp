#pragma once

#include <stdexcept>

namespace payferry {

/// The settings under [hubspot] cannot be used: a file that is not there, a URL that is none. Ends
/// the run before anything is sent (exit 2). what() names the key and the remedy in one sentence.
class SetupError final : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace payferry

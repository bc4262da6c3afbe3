#pragma once

#include <stdexcept>
#include <string>

namespace payferry {

/// Exit codes of interface.md §2.
enum class ExitCode : int {
  all_loaded = 0,
  some_refused = 1,
  unusable = 2,  ///< usage, config or input; nothing was sent
  stopped = 3,   ///< resumable
  refused_by_hubspot = 4,
};

/// A command cannot do what it was asked for. what() is for people: one clear sentence with the
/// remedy.
class CommandFailure : public std::runtime_error {
 public:
  CommandFailure(ExitCode code, const std::string& text) : std::runtime_error(text), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

}  // namespace payferry

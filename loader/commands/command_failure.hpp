#pragma once

#include <stdexcept>
#include <string>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

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

[[noreturn]] inline void refuse(const std::string& text) {
  throw CommandFailure(ExitCode::unusable, text);
}

/// The value, or the end of the command with what the error says.
template <class T, class E>
T value_or_refuse(tl::expected<T, E> result) {
  if (result) return *std::move(result);
  if constexpr (std::is_same_v<E, std::string>) {
    refuse(result.error());
  } else {
    refuse(result.error().to_string());
  }
}

}  // namespace payferry

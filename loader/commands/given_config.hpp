#pragma once

#include <string>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>
#include <vector>

#include "config/config_source.hpp"
#include "loader/commands/command_failure.hpp"

namespace payferry {

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

/// The config file that -c names, with the --set options, not yet checked. Throws CommandFailure.
ConfigSource read_given_config(const std::string& file, const std::vector<std::string>& overrides);

}  // namespace payferry

#pragma once

#include <optional>
#include <string>

#include "loader/commands/signals.hpp"

namespace payferry {

/// The line that somebody types on standard input; nothing where a signal comes first.
std::optional<std::string> typed_answer(const SignalWatch& signals);

}  // namespace payferry

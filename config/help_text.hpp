#pragma once

#include <array>
#include <string>
#include <string_view>

namespace payferry {

inline constexpr std::array<std::string_view, 7> kCommands{"init",   "check",  "load", "resume",
                                                           "report", "verify", "undo"};

/// The whole of --help: of a command, or of payferry where `command` is empty. At most 80 columns.
std::string help_text(std::string_view command);

}  // namespace payferry

#pragma once

#include <string>
#include <string_view>

namespace payferry {

/// For commands whose output is all that they do. Throws CommandFailure; a reader that goes away
/// early has what it wanted.
void write_to_standard_output(std::string_view content);

/// Replaces a file outside the run directory in one step, so that a reader sees the old content or
/// the new; "-" is standard output. `mode`: who may read it. Throws CommandFailure.
void write_output(const std::string& path, std::string_view content, unsigned mode = 0600);

}  // namespace payferry

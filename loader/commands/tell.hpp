#pragma once

#include <string_view>

namespace payferry {

/// Writes lines to standard error: as they are, so that they can be searched for, and in the width
/// of a terminal where it is one.
void tell(std::string_view lines);
/// The same to standard output.
void print(std::string_view lines);
/// Likewise, but throws CommandFailure where they cannot be written.
void print_result(std::string_view lines);

}  // namespace payferry

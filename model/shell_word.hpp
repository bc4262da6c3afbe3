#pragma once

#include <string>

namespace payferry {

/// The text as one word of a POSIX shell: what a message tells to run can be pasted.
std::string shell_word(const std::string& text);

}  // namespace payferry

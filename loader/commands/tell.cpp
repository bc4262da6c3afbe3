#include "loader/commands/tell.hpp"

#include <unistd.h>

#include <iostream>

#include "model/wrapped_text.hpp"

namespace payferry {

void tell(std::string_view lines) {
  if (::isatty(STDERR_FILENO) == 1) {
    std::cerr << wrapped_lines(lines) << std::flush;
  } else {
    std::cerr << lines << (lines.ends_with('\n') ? "" : "\n") << std::flush;
  }
}

}  // namespace payferry

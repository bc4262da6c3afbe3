#include "loader/commands/tell.hpp"

#include <unistd.h>

#include <iostream>

#include "model/wrapped_text.hpp"

namespace payferry {

namespace {

void write(std::ostream& out, int descriptor, std::string_view lines) {
  if (::isatty(descriptor) == 1) {
    out << wrapped_lines(lines) << std::flush;
  } else {
    out << lines << (lines.ends_with('\n') ? "" : "\n") << std::flush;
  }
}

}  // namespace

void tell(std::string_view lines) {
  write(std::cerr, STDERR_FILENO, lines);
}

void print(std::string_view lines) {
  write(std::cout, STDOUT_FILENO, lines);
}

}  // namespace payferry

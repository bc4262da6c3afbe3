#include "loader/commands/tell.hpp"

#include <unistd.h>

#include <iostream>
#include <string>

#include "loader/commands/output_file.hpp"
#include "model/wrapped_text.hpp"

namespace payferry {

namespace {

std::string fitted(int descriptor, std::string_view lines) {
  if (::isatty(descriptor) == 1) return wrapped_lines(lines);
  return std::string(lines) + (lines.ends_with('\n') ? "" : "\n");
}

}  // namespace

void tell(std::string_view lines) {
  std::cerr << fitted(STDERR_FILENO, lines) << std::flush;
}

void print(std::string_view lines) {
  std::cout << fitted(STDOUT_FILENO, lines) << std::flush;
}

void print_result(std::string_view lines) {
  write_to_standard_output(fitted(STDOUT_FILENO, lines));
}

}  // namespace payferry

#include <string>
#include <variant>

#include "fuzz/fuzz_target.hpp"
#include "loader/run/attempt_line.hpp"
#include "loader/run/outcome_line.hpp"

namespace payferry::fuzz {

namespace {

std::string written(const AttemptLine& line) {
  std::string text;
  std::visit([&](const auto& kind) { append_line(text, kind); }, line);
  return text;
}

std::string written(const OutcomeLine& line) {
  std::string text;
  append_outcome_line(text, line.outcome, {line.line, line.file, line.key});
  return text;
}

/// What was read is written as a line that is read the same.
template <class Parse>
void check(std::string_view bytes, Parse parse) {
  const auto line = parse(bytes);
  if (!line) return;
  const std::string text = written(*line);
  require(text.ends_with('\n') && text.find('\n') == text.size() - 1, "a line is one line");
  const auto again = parse(std::string_view(text).substr(0, text.size() - 1));
  require(again.has_value(), "a line that was written can be read");
  require(written(*again) == text, "and says the same");
}

}  // namespace

void try_run_line(std::string_view bytes) {
  check(bytes, parse_attempt_line);
  check(bytes, parse_outcome_line);
}

}  // namespace payferry::fuzz

#include "mutation/mutator/mutations.hpp"

#include <algorithm>

#include "mutation/mutator/kinds.hpp"
#include "tidy/source_text.hpp"

namespace payferry::test {

namespace {

bool is_skipped(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return line.starts_with('#') || line.find("static_assert") != std::string_view::npos ||
         line.find("virtual ") != std::string_view::npos ||
         line.find("spdlog::") != std::string_view::npos;
}

}  // namespace

std::vector<Mutation> mutations_of(std::string_view source) {
  std::string code = read_source(source).code;
  std::size_t at = 0;
  for (const std::string_view line : lines_of(source)) {
    if (is_skipped(line))
      std::fill_n(code.begin() + static_cast<std::ptrdiff_t>(at), line.size(), ' ');
    at += line.size() + 1;
  }
  std::vector<Mutation> found;
  add_operator_mutations(code, found);
  add_literal_mutations(code, found);
  add_statement_mutations(source, code, found);
  std::stable_sort(found.begin(), found.end(),
                   [](const Mutation& a, const Mutation& b) { return a.begin < b.begin; });
  return found;
}

}  // namespace payferry::test

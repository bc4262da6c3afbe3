#include "mutation/mutator/mutation.hpp"

#include <algorithm>
#include <cctype>

namespace payferry::test {

namespace {

/// Each run of blanks and line ends is one space.
std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace

std::string Mutation::applied_to(std::string_view source) const {
  return std::string(source.substr(0, begin)) + replacement +
         std::string(source.substr(begin + length));
}

std::size_t Mutation::line_in(std::string_view source) const {
  const std::string_view before = source.substr(0, begin);
  return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

std::string Mutation::shown_in(std::string_view source) const {
  const std::size_t first = source.substr(0, begin).rfind('\n') + 1;
  const std::size_t last = std::min(source.find('\n', begin + length), source.size());
  const std::string_view lines = source.substr(first, last - first);
  const Mutation inside{begin - first, length, replacement, rule};
  return on_one_line(lines) + "  =>  " + on_one_line(inside.applied_to(lines));
}

}  // namespace payferry::test

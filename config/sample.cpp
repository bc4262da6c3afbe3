#include "config/sample.hpp"

#include <array>
#include <utility>

#include "model/letters.hpp"

namespace payferry {

namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// Base letters of U+00C0 … U+00FF by the second byte of their UTF-8 form (0xC3 0x80 + index); 32
/// apart are the same letter's two cases.
constexpr std::string_view kLatinLetters = "aaaaaaaceeeeiiiidnooooo ouuuuyts";

/// Appends the base letter of a two-byte sequence that starts with 0xC3.
void append_latin(std::string& out, unsigned char second) {
  out += kLatinLetters[(second - 0x80U) % 32];
}

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// "createdAt" is two words.
bool starts_word(std::string_view name, std::size_t at) {
  const bool upper = name[at] >= 'A' && name[at] <= 'Z';
  return upper && at > 0 && name[at - 1] >= 'a' && name[at - 1] <= 'z';
}

}  // namespace

std::vector<std::string> Sample::values(std::size_t column) const {
  std::vector<std::string> result;
  for (const auto& row : rows) {
    if (column >= row.size()) continue;
    const std::string_view cell = trimmed(row[column]);
    if (!cell.empty()) result.emplace_back(cell);
  }
  return result;
}

std::string fold_name(std::string_view name) {
  std::string folded;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    const bool latin =
        byte == 0xC3 && i + 1 < name.size() && static_cast<unsigned char>(name[i + 1]) >= 0x80;
    if (latin) {
      append_latin(folded, static_cast<unsigned char>(name[++i]));
    } else if (is_letter_or_digit(name[i])) {
      if (starts_word(name, i)) folded += ' ';
      folded += lower(name[i]);
    } else if (!folded.empty() && folded.back() != ' ') {
      folded += ' ';
    }
  }
  while (folded.ends_with(' ')) folded.pop_back();
  return folded;
}

}  // namespace payferry

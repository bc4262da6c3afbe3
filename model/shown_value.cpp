#include "model/shown_value.hpp"

#include <algorithm>

#include "model/card_number.hpp"

namespace payferry {

namespace {

constexpr std::size_t kMostCharacters = 60;
// Enough for any card number that begins within the characters shown.
constexpr std::size_t kMostBytesLookedAt = 4 * kMostCharacters + 64;

bool starts_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

/// The bytes of the first `count` characters.
std::size_t bytes_of_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (starts_character(text[at]) && count-- == 0) break;
  }
  return at;
}

}  // namespace

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

std::string masked_beginning(std::string_view value) {
  std::string text = mask_card_numbers(value.substr(0, kMostBytesLookedAt));
  const std::size_t shown = bytes_of_characters(text, kMostCharacters);
  const bool cut = shown < text.size();
  text.resize(shown);
  return cut ? text + "…" : text;
}

std::string shown_value(std::string_view value) {
  return '"' + masked_beginning(value) + '"';
}

}  // namespace payferry

#include "model/email.hpp"

#include <algorithm>
#include <cstddef>

#include "model/digits.hpp"

namespace payferry {

namespace {

constexpr std::size_t kMostBytes = 254;
constexpr std::size_t kMostLocalBytes = 64;
constexpr std::size_t kMostLabelBytes = 63;

bool is_letter_or_digit(char character) {
  const char lower = static_cast<char>(character | 0x20);
  return is_digit(character) || (lower >= 'a' && lower <= 'z') ||
         static_cast<unsigned char>(character) >= 0x80;
}

bool is_local_character(char character) {
  constexpr std::string_view kAlso = ".!#$%&'*+/=?^_`{|}~-";
  return is_letter_or_digit(character) || kAlso.find(character) != std::string_view::npos;
}

bool is_local_part(std::string_view text) {
  return !text.empty() && text.size() <= kMostLocalBytes && text.front() != '.' &&
         text.back() != '.' && text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), is_local_character);
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= kMostLabelBytes && text.front() != '-' &&
         text.back() != '-' && std::all_of(text.begin(), text.end(), [](char character) {
           return character == '-' || is_letter_or_digit(character);
         });
}

bool is_top_label(std::string_view text) {
  return text.size() >= 2 && !all_digits(text) && is_label(text);
}

bool is_domain(std::string_view text) {
  const std::size_t last_dot = text.rfind('.');
  if (last_dot == std::string_view::npos || !is_top_label(text.substr(last_dot + 1))) return false;
  for (text = text.substr(0, last_dot + 1); !text.empty();) {
    const std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    text.remove_prefix(dot + 1);
  }
  return true;
}

}  // namespace

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && text.size() <= kMostBytes &&
         is_local_part(text.substr(0, at)) && is_domain(text.substr(at + 1));
}

}  // namespace payferry

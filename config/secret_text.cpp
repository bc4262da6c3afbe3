#include "config/secret_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "model/card_number.hpp"

namespace payferry {

namespace {

constexpr std::size_t kMaxShownBytes = 60;

bool is_letter_or_digit(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char letter) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  });
  return result;
}

/// The rest of "pat-": a region such as na1, a "-", and a long random part (contract §9.1).
bool continues_as_token(std::string_view rest) {
  constexpr std::size_t kMinRandomLetters = 8;
  const auto region_end = std::find_if_not(rest.begin(), rest.end(), is_letter_or_digit);
  const auto region = static_cast<std::size_t>(region_end - rest.begin());
  if (region < 2 || region > 5 || region >= rest.size() || rest[region] != '-') return false;
  rest.remove_prefix(region + 1);
  const auto random_end = std::find_if_not(rest.begin(), rest.end(), [](char letter) {
    return is_letter_or_digit(letter) || letter == '-';
  });
  return static_cast<std::size_t>(random_end - rest.begin()) >= kMinRandomLetters;
}

bool has_url_password(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view authority =
      text.substr(scheme + 3, text.find('/', scheme + 3) - (scheme + 3));
  return authority.find('@') != std::string_view::npos;
}

void append_escaped(std::string& out, char letter) {
  if (letter == '\t') {
    out += "\\t";
  } else if (letter == '\n') {
    out += "\\n";
  } else if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F) {
    out += '?';
  } else {
    out += letter;
  }
}

/// Not in the middle of a UTF-8 sequence.
std::size_t cut(std::string_view text, std::size_t at) {
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
  return at;
}

}  // namespace

std::size_t find_token(std::string_view text) {
  constexpr std::string_view kPrefix = "pat-";
  for (std::size_t at = text.find(kPrefix); at != std::string_view::npos;
       at = text.find(kPrefix, at + 1)) {
    if (continues_as_token(text.substr(at + kPrefix.size()))) return at;
  }
  return std::string_view::npos;
}

bool looks_like_secret(std::string_view text) {
  return find_token(text) != std::string_view::npos || lower(text).starts_with("bearer ") ||
         has_url_password(text);
}

bool names_a_secret(std::string_view key) {
  constexpr std::array<std::string_view, 7> kWords{
      "token", "secret", "password", "api_key", "api-key", "authorization", "apikey"};
  const std::string name = lower(key);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

std::string shown_text(std::string_view text) {
  if (looks_like_secret(text)) return "(a secret, not shown)";
  const std::string masked = mask_card_numbers(text);
  const bool whole = masked.size() <= kMaxShownBytes;
  std::string shown = "\"";
  for (const char letter : masked.substr(0, whole ? masked.size() : cut(masked, kMaxShownBytes))) {
    append_escaped(shown, letter);
  }
  return shown + (whole ? "\"" : "…\"");
}

}  // namespace payferry

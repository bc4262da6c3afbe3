#include "loader/source/text_encoding.hpp"

#include <algorithm>
#include <array>

#include "loader/source/utf8.hpp"
#include "model/utf8_character.hpp"

namespace payferry {

namespace {

/// Characters of windows-1252 from 0x80 to 0x9F; 0 stands for a byte that is none.
/// Source: Unicode's mapping table VENDORS/MICSFT/WINDOWS/CP1252.TXT.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char16_t character(InputEncoding encoding, char byte) {
  const auto code = static_cast<unsigned char>(byte);
  const bool differs = encoding == InputEncoding::windows1252 && code >= 0x80 && code <= 0x9F;
  return differs ? kWindows1252[code - 0x80U] : code;
}

}  // namespace

std::string_view to_string(InputEncoding encoding) {
  switch (encoding) {
    case InputEncoding::latin1:
      return "latin1";
    case InputEncoding::windows1252:
      return "windows-1252";
    case InputEncoding::utf8:
      break;
  }
  return "UTF-8";
}

std::optional<std::size_t> find_invalid(InputEncoding encoding, std::string_view text) {
  if (encoding == InputEncoding::utf8) return find_invalid_utf8(text);
  const auto bad = std::find_if(text.begin(), text.end(), [encoding](char byte) {
    return byte != 0 && character(encoding, byte) == 0;
  });
  if (bad == text.end()) return std::nullopt;
  return static_cast<std::size_t>(bad - text.begin());
}

void append_as_utf8(std::string& out, InputEncoding encoding, std::string_view text) {
  if (encoding == InputEncoding::utf8) {
    out.append(text);
    return;
  }
  for (const char byte : text) append_utf8(out, character(encoding, byte));
}

}  // namespace payferry

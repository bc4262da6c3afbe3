#include "loader/run/stored_json.hpp"

#include <boost/json/parse.hpp>
#include <stdexcept>

#include "loader/source/text_encoding.hpp"
#include "loader/source/utf8.hpp"

namespace payferry {

namespace json = boost::json;

namespace {

constexpr std::string_view kLatin1 = "latin1";

/// The bytes that the characters of `utf8` stand for, which are below U+0100.
std::string bytes_of(std::string_view utf8) {
  std::string bytes;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    const auto first = static_cast<unsigned char>(utf8[at]);
    if (first < 0x80) {
      bytes.push_back(utf8[at]);
      continue;
    }
    if (first > 0xC3 || ++at == utf8.size()) throw std::runtime_error("a text is not latin1");
    bytes.push_back(static_cast<char>((first << 6) | (utf8[at] & 0x3F)));
  }
  return bytes;
}

}  // namespace

json::value parse_stored_json(std::string_view text) {
  json::parse_options options;
  options.allow_invalid_utf8 = true;  // of earlier versions, in names of files
  return json::parse(text, {}, options);
}

json::value stored_text(std::string_view text) {
  if (!find_invalid_utf8(text)) return json::value(text);
  std::string characters;
  append_as_utf8(characters, InputEncoding::latin1, text);
  return json::object{{kLatin1, characters}};
}

std::string text_of(const json::value& stored) {
  if (!stored.is_object()) return std::string(stored.as_string());
  return bytes_of(stored.get_object().at(kLatin1).as_string());
}

}  // namespace payferry

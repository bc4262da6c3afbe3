#include "loader/report/plain_json.hpp"

#include <array>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "model/clean_text.hpp"
#include "model/json_text.hpp"

namespace payferry {

namespace json = boost::json;

namespace {

// The longest double in plain decimals has 309 digits before the point, or 1074 behind it.
constexpr std::size_t kLongestDouble = 1100;

void append(std::string& text, const json::value& value);

void append_number(std::string& text, double number) {
  std::array<char, kLongestDouble> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
  text.append(digits.data(), end.ptr);
}

void append_object(std::string& text, const json::object& object) {
  text += '{';
  for (const json::key_value_pair& member : object) {
    if (text.back() != '{') text += ',';
    append_json_string(text, valid_utf8(member.key()));
    text += ':';
    append(text, member.value());
  }
  text += '}';
}

void append_array(std::string& text, const json::array& array) {
  text += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) text += ',';
    append(text, array[i]);
  }
  text += ']';
}

void append(std::string& text, const json::value& value) {
  if (value.is_object()) return append_object(text, value.get_object());
  if (value.is_array()) return append_array(text, value.get_array());
  if (value.is_double()) return append_number(text, value.get_double());
  if (value.is_string()) return append_json_string(text, valid_utf8(value.get_string()));
  text += json::serialize(value);
}

}  // namespace

std::string plain_json(const json::value& value) {
  std::string text;
  append(text, value);
  return text;
}

}  // namespace payferry

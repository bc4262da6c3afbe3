#include "model/json_reader.hpp"

#include <algorithm>
#include <optional>

#include "model/digits.hpp"
#include "model/json_escape.hpp"
#include "model/utf8_character.hpp"

namespace payferry {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// Takes the "\uXXXX" (of a surrogate pair, both) off the front of `raw` and appends what it stands
/// for. Of what is none, the "\u" goes alone.
void take_unicode_escape(std::string& out, std::string_view& raw) {
  const auto unit = read_unicode_escape(raw);
  raw.remove_prefix(unit ? kUnicodeEscapeBytes : 2);
  if (!unit || is_low_surrogate(*unit)) return append_utf8(out, kReplacement);
  if (!is_high_surrogate(*unit)) return append_utf8(out, *unit);
  const auto low = read_unicode_escape(raw);
  if (!low || !is_low_surrogate(*low)) return append_utf8(out, kReplacement);
  raw.remove_prefix(kUnicodeEscapeBytes);
  append_utf8(out, join_surrogates(*unit, *low));
}

}  // namespace

void append_unescaped(std::string& out, std::string_view raw) {
  for (;;) {
    const std::size_t plain = std::min(raw.find('\\'), raw.size());
    out += raw.substr(0, plain);
    raw.remove_prefix(plain);
    if (raw.size() < 2) return;
    if (raw[1] == 'u') {
      take_unicode_escape(out, raw);
    } else {
      out += unescaped_letter(raw[1]);
      raw.remove_prefix(2);
    }
  }
}

void JsonReader::fail() {
  failed_ = true;
  at_ = end_;
}

bool JsonReader::finished() {
  look();
  return !failed_ && at_ == end_ && depth_ == 0;
}

JsonKind JsonReader::kind() {
  switch (look()) {
    case '{':
      return JsonKind::object;
    case '[':
      return JsonKind::array;
    case '"':
      return JsonKind::string;
    case 't':
    case 'f':
      return JsonKind::boolean;
    case 'n':
      return JsonKind::null;
    default:
      return at_ != end_ && (*at_ == '-' || is_digit(*at_)) ? JsonKind::number : JsonKind::none;
  }
}

/// Goes on at the first backslash. A string without an end leaves `quote` at the end of the text.
std::string_view JsonReader::scan_escaped_string(const char* start, const char* quote) {
  escaped_ = true;
  while (quote != end_ && *quote == '\\') {
    if (end_ - quote < 2) break;
    quote = quotes_.find(quote + 2);
  }
  if (quote == end_ || *quote != '"') {
    fail();
    return {};
  }
  at_ = quote + 1;
  return {start, static_cast<std::size_t>(quote - start)};
}

std::string_view JsonReader::unescape_key(std::string_view key) {
  unescaped_key_.clear();
  append_unescaped(unescaped_key_, key);
  return unescaped_key_;
}

bool JsonReader::read_string(std::string& out) {
  out.clear();
  if (kind() != JsonKind::string) {
    skip_value();
    return false;
  }
  const std::string_view raw = scan_string();
  if (escaped_) {
    append_unescaped(out, raw);
  } else {
    out.assign(raw);
  }
  return ok();
}

bool JsonReader::read_text(std::string& out) {
  if (kind() != JsonKind::number) return read_string(out);
  out.assign(skip());
  return ok();
}

bool JsonReader::read_text(std::string_view& out, std::forward_list<std::string>& unescaped) {
  out = {};
  if (kind() != JsonKind::string) {
    const bool is_number = kind() == JsonKind::number;
    const std::string_view written = skip();
    if (is_number) out = written;
    return is_number && ok();
  }
  out = scan_string();
  if (escaped_) {
    append_unescaped(unescaped.emplace_front(), out);
    out = unescaped.front();
  }
  return ok();
}

bool JsonReader::read_boolean(bool& out) {
  const std::string_view word = skip();
  if (word != "true" && word != "false") return false;
  out = word == "true";
  return true;
}

std::string_view JsonReader::skip() {
  look();
  const char* const start = at_;
  skip_value();
  if (failed_) return {};
  return {start, static_cast<std::size_t>(at_ - start)};
}

void JsonReader::skip_other_value() {
  switch (kind()) {
    case JsonKind::object:
      return read_members([](std::string_view, std::string_view) {},
                          [this](std::string_view) { skip_value(); });
    case JsonKind::array:
      return read_array([this] { skip_value(); });
    case JsonKind::string:
      scan_string();
      return;
    case JsonKind::number:
      return skip_number();
    case JsonKind::boolean:
      return skip_word(*at_ == 't' ? "true" : "false");
    case JsonKind::null:
      return skip_word("null");
    case JsonKind::none:
      return fail();
  }
}

void JsonReader::skip_word(std::string_view word) {
  if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word)) return fail();
  at_ += word.size();
}

bool JsonReader::skip_digits() {
  const char* const start = at_;
  while (at_ != end_ && is_digit(*at_)) ++at_;
  return at_ != start;
}

void JsonReader::skip_number() {
  if (*at_ == '-') ++at_;
  bool good = skip_digits();
  if (at_ != end_ && *at_ == '.') {
    ++at_;
    good = skip_digits() && good;
  }
  if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    good = skip_digits() && good;
  }
  if (!good) fail();
}

}  // namespace payferry

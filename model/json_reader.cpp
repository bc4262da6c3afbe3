#include "model/json_reader.hpp"

#include <optional>

namespace payferry {

namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<char32_t> read_hex4(std::string_view raw, std::size_t at) {
  if (raw.size() < at + 4) return std::nullopt;
  char32_t value = 0;
  for (const char c : raw.substr(at, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    if (!is_digit(c) && (lower < 'a' || lower > 'f')) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
  }
  return value;
}

void append_utf8(std::string& out, char32_t point) {
  const auto continuation = [point](unsigned shift) {
    return static_cast<char>(0x80 | ((point >> shift) & 0x3F));
  };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += {static_cast<char>(0xC0 | (point >> 6)), continuation(0)};
  } else if (point < 0x10000) {
    out += {static_cast<char>(0xE0 | (point >> 12)), continuation(6), continuation(0)};
  } else {
    out += {static_cast<char>(0xF0 | (point >> 18)), continuation(12), continuation(6),
            continuation(0)};
  }
}

constexpr char32_t kReplacement = 0xFFFD;
constexpr bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
constexpr bool is_low_surrogate(char32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

/// `at` stands behind "\u"; returns where reading goes on.
std::size_t append_unicode_escape(std::string& out, std::string_view raw, std::size_t at) {
  const std::optional<char32_t> unit = read_hex4(raw, at);
  if (!unit) {
    append_utf8(out, kReplacement);
    return at;
  }
  at += 4;
  if (!is_high_surrogate(*unit)) {
    append_utf8(out, is_low_surrogate(*unit) ? kReplacement : *unit);
    return at;
  }
  const std::optional<char32_t> low =
      raw.substr(at, 2) == "\\u" ? read_hex4(raw, at + 2) : std::nullopt;
  if (!low || !is_low_surrogate(*low)) {
    append_utf8(out, kReplacement);
    return at;
  }
  append_utf8(out, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
  return at + 6;
}

char unescape(char escape) {
  switch (escape) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return escape;
  }
}

}  // namespace

void append_unescaped(std::string& out, std::string_view raw) {
  std::size_t at = 0;
  while (at < raw.size()) {
    const std::size_t backslash = raw.find('\\', at);
    out += raw.substr(at, backslash - at);
    if (backslash == std::string_view::npos || backslash + 1 >= raw.size()) return;
    at = backslash + 2;
    if (raw[backslash + 1] == 'u') {
      at = append_unicode_escape(out, raw, at);
    } else {
      out += unescape(raw[backslash + 1]);
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

#pragma once

#include <cstddef>
#include <forward_list>
#include <string>
#include <string_view>

#include "model/quote_index.hpp"

namespace payferry {

enum class JsonKind { object, array, string, number, boolean, null, none };

/// Reads a JSON text once, front to back, and builds nothing: what is not asked for is only stepped
/// over. The grammar is checked all the way, so that a text that was cut off never passes for a
/// whole one. After the first fault every call is harmless and ok() is false. Never throws for what
/// the text holds.
class JsonReader {
 public:
  /// `text` must outlive the reader; raw views point into it.
  explicit JsonReader(std::string_view text)
      : at_(text.data()), end_(text.data() + text.size()), quotes_(text) {}

  bool ok() const { return !failed_; }
  /// The whole text was one value, and that was read.
  bool finished();
  JsonKind kind();

  /// Calls on_member(key) for each member of the object that comes next. `on_member` must read the
  /// value, with exactly one call, and not use the key after that.
  template <class OnMember>
  void read_object(OnMember&& on_member);
  /// As read_object, but calls on_text(key, text) for the members that are plain strings. Both
  /// views point into the text.
  template <class OnText, class OnMember>
  void read_members(OnText&& on_text, OnMember&& on_member);
  /// Calls on_element() for each element of the array that comes next; it must read the element
  /// with one call.
  template <class OnElement>
  void read_array(OnElement&& on_element);

  /// The string that comes next, unescaped; false, and stepped over, where something else comes.
  bool read_string(std::string& out);
  /// As read_string, but takes a number as it is written, too.
  bool read_text(std::string& out);
  /// As read_text, without a copy where nothing is escaped: `out` is a view into the text, or into
  /// what is added to `unescaped`.
  bool read_text(std::string_view& out, std::forward_list<std::string>& unescaped);
  bool read_boolean(bool& out);
  /// Steps over the value that comes next and returns it as it is written.
  std::string_view skip();

 private:
  static constexpr unsigned kMaxDepth = 128;

  template <class OnText>
  void read_plain_members(OnText&& on_text, bool& first);
  char look();
  bool take(char expected);
  bool enter(char bracket);
  bool next_in_list(bool& first, char closing);
  void fail();
  std::string_view scan_string();
  std::string_view scan_escaped_string(const char* start, const char* quote);
  std::string_view scan_key();
  std::string_view unescape_key(std::string_view key);
  void skip_value();
  void skip_other_value();
  void skip_word(std::string_view word);
  void skip_number();
  bool skip_digits();

  const char* at_;
  const char* end_;
  QuoteIndex quotes_;
  unsigned depth_ = 0;
  bool failed_ = false;
  bool escaped_ = false;  ///< the string scanned last has escapes
  std::string unescaped_key_;
};

/// Appends what a JSON string says, given the text between its quotes. A broken escape becomes
/// U+FFFD.
void append_unescaped(std::string& out, std::string_view raw);

inline char JsonReader::look() {
  if (at_ != end_ && static_cast<unsigned char>(*at_) > ' ') return *at_;
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  return at_ != end_ ? *at_ : '\0';
}

inline bool JsonReader::take(char expected) {
  if (look() != expected || at_ == end_) return false;
  ++at_;
  return true;
}

inline bool JsonReader::enter(char bracket) {
  if (take(bracket) && ++depth_ <= kMaxDepth) return true;
  fail();
  return false;
}

/// Moves to the next entry of an object or array; false at its end.
inline bool JsonReader::next_in_list(bool& first, char closing) {
  if (failed_) return false;
  if (take(closing)) {
    --depth_;
    return false;
  }
  const bool separated = first || take(',');
  first = false;
  if (!separated) fail();
  return separated;
}

/// What stands between the quotes of the string that comes next.
inline std::string_view JsonReader::scan_string() {
  if (!take('"')) {
    fail();
    return {};
  }
  const char* const start = at_;
  const char* const quote = quotes_.find(start);
  if (quote == end_ || *quote != '"') return scan_escaped_string(start, quote);
  escaped_ = false;
  at_ = quote + 1;
  return {start, static_cast<std::size_t>(quote - start)};
}

/// A name and the colon behind it.
inline std::string_view JsonReader::scan_key() {
  std::string_view key = scan_string();
  if (escaped_) key = unescape_key(key);
  if (!take(':')) fail();
  return key;
}

template <class OnMember>
void JsonReader::read_object(OnMember&& on_member) {
  if (!enter('{')) return;
  for (bool first = true; next_in_list(first, '}');) {
    const std::string_view key = scan_key();
    if (failed_) return;
    on_member(key);
  }
}

template <class OnText, class OnMember>
void JsonReader::read_members(OnText&& on_text, OnMember&& on_member) {
  if (!enter('{')) return;
  for (bool first = true;;) {
    read_plain_members(on_text, first);
    if (!next_in_list(first, '}')) return;
    const std::string_view key = scan_key();
    if (failed_) return;
    on_member(key);
  }
}

/// Members such as `"key":"text"` without blanks and escapes, which are by far the most of an
/// answer: each has four quotes, whose places tell its form. Stops before the first one of another
/// form.
template <class OnText>
void JsonReader::read_plain_members(OnText&& on_text, bool& first) {
  const std::uint32_t* quotes = quotes_.four_from(at_);
  const char* const base = quotes_.base();
  const char* at = at_;
  for (; quotes[3] != QuoteIndex::kNone; quotes += 4, first = false) {
    const char* const key = base + quotes[0];
    const char* const key_end = base + quotes[1];
    const char* const text = base + quotes[2];
    const char* const text_end = base + quotes[3];
    const bool plain = (first ? key == at : key == at + 1 && *at == ',') && *key == '"' &&
                       *key_end == '"' && key_end[1] == ':' && text == key_end + 2 &&
                       *text == '"' && *text_end == '"';
    if (!plain) break;
    on_text(std::string_view(key + 1, static_cast<std::size_t>(key_end - key - 1)),
            std::string_view(text + 1, static_cast<std::size_t>(text_end - text - 1)));
    at = text_end + 1;
  }
  at_ = at;
  quotes_.go_on_from(quotes);
}

template <class OnElement>
void JsonReader::read_array(OnElement&& on_element) {
  if (!enter('[')) return;
  for (bool first = true; next_in_list(first, ']');) on_element();
}

inline void JsonReader::skip_value() {
  if (look() == '"') {
    scan_string();
  } else {
    skip_other_value();
  }
}

}  // namespace payferry

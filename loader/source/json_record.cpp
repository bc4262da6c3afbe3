#include "loader/source/json_record.hpp"

#include <charconv>

#include "loader/source/json_string.hpp"
#include "loader/source/text_scan.hpp"

namespace payferry {

namespace {

constexpr int kMaxDepth = 128;

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

}  // namespace

/// One pass over a text. Its steps return false at a fault, which is then told by fault().
class JsonRecord::Pass {
 public:
  Pass(JsonRecord& record, std::string_view text)
      : record_(record),
        begin_(text.data()),
        end_(text.data() + text.size()),
        at_(begin_),
        unescaped_(record.unescaped_.data()) {}

  bool run() {
    skip_blanks();
    if (peek() != '{') return fail("the line is no JSON object");
    if (!object(&record_.nodes_.front(), 0)) return false;
    skip_blanks();
    return at_ == end_ || fail("something follows the object");
  }

  const JsonFault& fault() const { return fault_; }

 private:
  bool fail(const char* message) {
    fault_ = JsonFault{message, static_cast<std::size_t>(at_ - begin_)};
    return false;
  }

  char peek() const { return at_ == end_ ? '\0' : *at_; }
  void skip_blanks() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r')) ++at_;
  }
  bool take(char byte) {
    skip_blanks();
    if (peek() != byte || at_ == end_) return false;
    ++at_;
    return true;
  }

  /// `node` is null below what nobody wants.
  bool value(Node* node, int depth) {
    skip_blanks();
    const char* const begin = at_;
    if (peek() == '"') return string_value(node);
    if (!other_value(node, depth)) return false;
    if (node != nullptr && *begin != 'n') record_.set_cells(*node, text_since(begin));
    return true;
  }

  bool other_value(Node* node, int depth) {
    switch (peek()) {
      case '{':
        return object(node, depth);
      case '[':
        return array(node, depth);
      case 't':
        return literal("true");
      case 'f':
        return literal("false");
      case 'n':
        return literal("null");
      default:
        return number(node);
    }
  }

  bool object(Node* node, int depth) {
    if (depth == kMaxDepth) return fail("it is nested deeper than 128 levels");
    ++at_;
    if (take('}')) return true;
    do {
      if (!take('"')) return fail("a key in quotes is missing");
      std::string_view key;
      if (!string(key, node != nullptr)) return false;
      if (!take(':')) return fail("a colon is missing behind the key");
      if (!value(node == nullptr ? nullptr : record_.find_child(*node, key), depth + 1))
        return false;
    } while (take(','));
    return take('}') || fail("a comma or } is missing behind the value");
  }

  bool array(Node* node, int depth) {
    if (depth == kMaxDepth) return fail("it is nested deeper than 128 levels");
    ++at_;
    if (take(']')) return true;
    std::size_t index = 0;
    do {
      Node* const element = node == nullptr ? nullptr : record_.find_element(*node, index++);
      if (!value(element, depth + 1)) return false;
    } while (take(','));
    return take(']') || fail("a comma or ] is missing behind the value");
  }

  bool string_value(Node* node) {
    ++at_;
    std::string_view text;
    const bool wanted = node != nullptr && !node->cells.empty();
    if (!string(text, wanted)) return false;
    if (wanted) record_.set_cells(*node, text);
    return true;
  }

  /// From behind the opening quote to behind the closing one.
  bool string(std::string_view& text, bool wanted) {
    const char* const begin = at_;
    bool escaped = false;
    while (*(at_ = find_string_mark(at_, end_)) != '"' || at_ == end_) {
      if (at_ == end_) return fail("a string is not closed");
      if (*at_ != '\\') return fail("a control character stands in a string");
      const std::size_t length = escape_length({at_, static_cast<std::size_t>(end_ - at_)});
      if (length == 0) return fail("a backslash is followed by what is no escape");
      at_ += length;
      escaped = true;
    }
    text = text_since(begin);
    ++at_;
    return !escaped || !wanted || unescape_text(text);
  }

  bool unescape_text(std::string_view& text) {
    char* const end = unescape(text, unescaped_);
    if (end == nullptr) {
      at_ = text.data();
      return fail("an escape stands for no character (NUL or half a surrogate pair)");
    }
    text = std::string_view(unescaped_, static_cast<std::size_t>(end - unescaped_));
    unescaped_ = end;
    return true;
  }

  bool number(const Node* node) {
    if (peek() == '-') ++at_;
    if (peek() == '0') {
      ++at_;
    } else if (!digits()) {
      return fail("a value is missing or is no JSON value");
    }
    if (peek() == '.') {
      ++at_;
      if (!digits()) return fail("digits are missing behind the decimal point");
    }
    if (peek() != 'e' && peek() != 'E') return true;
    ++at_;
    if (peek() == '+' || peek() == '-') ++at_;
    if (node != nullptr) record_.note_exponent(*node);
    return digits() || fail("digits are missing in the exponent");
  }

  bool digits() {
    const char* const begin = at_;
    while (at_ != end_ && is_digit(*at_)) ++at_;
    return at_ != begin;
  }

  bool literal(std::string_view word) {
    const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
    if (!rest.starts_with(word)) return fail("a value is missing or is no JSON value");
    at_ += word.size();
    return true;
  }

  std::string_view text_since(const char* begin) const {
    return {begin, static_cast<std::size_t>(at_ - begin)};
  }

  JsonRecord& record_;
  const char* const begin_;
  const char* const end_;
  const char* at_;
  char* unescaped_;
  JsonFault fault_;
};

JsonRecord::JsonRecord(const std::vector<std::string>& paths) : nodes_(1), cells_(paths.size()) {
  for (std::size_t cell = 0; cell < paths.size(); ++cell) add_path(paths[cell], cell);
}

void JsonRecord::add_path(std::string_view path, std::size_t cell) {
  std::size_t node = 0;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t dot = std::min(path.find('.', begin), path.size());
    node = child_or_new(node, path.substr(begin, dot - begin));
    begin = dot + 1;
  }
  nodes_[node].cells.push_back(cell);
}

std::size_t JsonRecord::child_or_new(std::size_t parent, std::string_view key) {
  for (const std::size_t child : nodes_[parent].children) {
    if (nodes_[child].key == key) return child;
  }
  Node node;
  node.key = key;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  if (error == std::errc() && end == key.data() + key.size()) node.index = index;
  nodes_.push_back(std::move(node));
  nodes_[parent].children.push_back(nodes_.size() - 1);
  return nodes_.size() - 1;
}

std::optional<JsonFault> JsonRecord::parse(std::string_view text) {
  std::fill(cells_.begin(), cells_.end(), std::string_view());
  for (Node& node : nodes_) node.seen = false;
  with_exponent_.clear();
  if (unescaped_.size() < text.size()) unescaped_.resize(text.size());
  Pass pass(*this, text);
  if (pass.run()) return std::nullopt;
  return pass.fault();
}

JsonRecord::Node* JsonRecord::find_child(Node& parent, std::string_view key) {
  const std::size_t count = parent.children.size();
  for (std::size_t tried = 0, place = parent.next_child; tried < count; ++tried, ++place) {
    if (place >= count) place = 0;
    Node& child = nodes_[parent.children[place]];
    if (child.key != key) continue;
    parent.next_child = place + 1;
    return meet(child);
  }
  return nullptr;
}

JsonRecord::Node* JsonRecord::find_element(Node& parent, std::size_t index) {
  for (const std::size_t place : parent.children) {
    Node& child = nodes_[place];
    if (child.index == index) return meet(child);
  }
  return nullptr;
}

/// A key that was met before in this record stands there twice: what the first one gave does not
/// count.
JsonRecord::Node* JsonRecord::meet(Node& node) {
  if (node.seen) forget_below(node);
  node.seen = true;
  return &node;
}

void JsonRecord::forget_below(Node& node) {
  set_cells(node, {});
  for (const std::size_t cell : node.cells) std::erase(with_exponent_, cell);
  for (const std::size_t child : node.children) {
    nodes_[child].seen = false;
    forget_below(nodes_[child]);
  }
}

void JsonRecord::set_cells(const Node& node, std::string_view value) {
  for (const std::size_t cell : node.cells) cells_[cell] = value;
}

void JsonRecord::note_exponent(const Node& node) {
  with_exponent_.insert(with_exponent_.end(), node.cells.begin(), node.cells.end());
}

}  // namespace payferry

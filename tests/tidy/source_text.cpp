#include "tidy/source_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace payferry::test {

namespace {

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Blanker {
 public:
  explicit Blanker(std::string_view source) : source_(source) { result_.code = source; }

  SourceText run() {
    while (at_ < source_.size()) step();
    return std::move(result_);
  }

 private:
  bool sees(std::string_view text) const { return source_.substr(at_).starts_with(text); }
  bool after_word() const { return at_ > 0 && is_word_character(source_[at_ - 1]); }

  void step() {
    if (sees("//")) {
      blank_to(source_.find('\n', at_));
    } else if (sees("/*")) {
      const std::size_t end = source_.find("*/", at_ + 2);
      blank_to(end == std::string_view::npos ? end : end + 2);
    } else if (sees("R\"") && !after_word()) {
      skip_raw_string();
    } else if (sees("\"") || (sees("'") && !after_word())) {
      skip_quoted(source_[at_]);
    } else {
      ++at_;
    }
  }

  void blank_to(std::size_t end) {
    for (end = std::min(end, source_.size()); at_ < end; ++at_) {
      if (source_[at_] != '\n') result_.code[at_] = ' ';
    }
  }

  void skip_quoted(char quote) {
    std::size_t end = at_ + 1;
    while (end < source_.size() && source_[end] != quote && source_[end] != '\n')
      end += source_[end] == '\\' ? 2 : 1;
    ++at_;
    blank_to(end);
    ++at_;
  }

  void skip_raw_string() {
    const std::size_t open = source_.find('(', at_);
    const std::string close = ")" + std::string(source_.substr(at_ + 2, open - at_ - 2)) + "\"";
    const std::size_t end = std::min(source_.find(close, open), source_.size() - close.size());
    const auto line_at = [&](std::size_t place) {
      const auto text = source_.substr(0, place);
      return 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    };
    for (std::size_t line = line_at(at_); line <= line_at(end); ++line)
      result_.golden_lines.insert(line);
    at_ += 2;
    blank_to(end + close.size() - 1);
    ++at_;
  }

  std::string_view source_;
  std::size_t at_ = 0;
  SourceText result_;
};

std::size_t token_length(std::string_view text) {
  constexpr std::array<std::string_view, 4> kPairs{"::", "->", "&&", "[["};
  for (const std::string_view pair : kPairs) {
    if (text.starts_with(pair)) return pair.size();
  }
  const auto end = std::find_if_not(text.begin(), text.end(), is_word_character);
  return std::max<std::size_t>(1, static_cast<std::size_t>(end - text.begin()));
}

}  // namespace

SourceText read_source(std::string_view source) {
  return Blanker(source).run();
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<Token> tokens_of(std::string_view code) {
  std::vector<Token> tokens;
  std::size_t line = 1;
  while (!code.empty()) {
    if (code.front() == '\n') ++line;
    const bool blank = std::isspace(static_cast<unsigned char>(code.front())) != 0;
    const std::size_t length = blank ? 1 : token_length(code);
    if (!blank) tokens.push_back(Token{code.substr(0, length), line});
    code.remove_prefix(length);
  }
  return tokens;
}

bool is_word(const Token& token) {
  return is_word_character(token.text.front());
}

}  // namespace payferry::test

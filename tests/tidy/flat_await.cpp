#include "tidy/flat_await.hpp"

#include <algorithm>
#include <set>

#include "tidy/source_text.hpp"

namespace payferry::test {

namespace {

/// What of a statement counts; the bodies of its lambdas are statements of their own.
struct Statement {
  bool awaits = false;
  std::vector<AwaitBreach> breaches;
};

/// Without the preprocessor's lines, which end without a semicolon.
std::vector<Token> tokens_of_statements(std::string_view code) {
  std::vector<Token> tokens = tokens_of(code);
  std::set<std::size_t> directives;
  const auto lines = lines_of(code);
  bool goes_on = false;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    const auto first = lines[line].find_first_not_of(" \t");
    const bool begins = first != std::string_view::npos && lines[line][first] == '#';
    if (begins || goes_on) directives.insert(line + 1);
    goes_on = (begins || goes_on) && lines[line].ends_with('\\');
  }
  std::erase_if(tokens, [&](const Token& token) { return directives.contains(token.line); });
  return tokens;
}

class Reader {
 public:
  explicit Reader(std::string_view code) : tokens_(tokens_of_statements(code)) {}

  std::vector<AwaitBreach> run() {
    open_.push_back(Open{Open::Kind::block, 0, {}});
    for (at_ = 0; at_ < tokens_.size(); ++at_) step();
    end_statement();
    return std::move(found_);
  }

 private:
  struct Open {
    enum class Kind { block, list, parentheses };
    Kind kind = Kind::block;
    std::size_t begin = 0;  ///< token
    Statement outer;        ///< of a block: the statement that it interrupts
  };

  std::string_view text(std::size_t token) const {
    return token < tokens_.size() ? tokens_[token].text : std::string_view();
  }
  std::string_view before() const { return at_ == 0 ? std::string_view() : text(at_ - 1); }

  void step() {
    const std::string_view now = text(at_);
    if (now == "co_await") statement_.awaits = true;
    if (now == "?") breach("?: beside co_await");
    if (now == "[" && begins_lambda() && captures_by_value())
      breach("a lambda with captures by value beside co_await");
    if (now == "(") open_.push_back(Open{Open::Kind::parentheses, at_, {}});
    if (now == ")") open_.pop_back();
    if (now == "{") open_brace();
    if (now == "}") close_brace();
    if (now == ";") end_statement();
  }

  void open_brace() {
    if (opens_block()) {
      open_.push_back(Open{Open::Kind::block, at_, std::move(statement_)});
      statement_ = Statement();
      statement_begin_ = at_ + 1;
    } else {
      breach("a braced list beside co_await");
      open_.push_back(Open{Open::Kind::list, at_, {}});
    }
  }

  void close_brace() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    if (closed.kind != Open::Kind::block) return;
    end_statement();
    statement_ = std::move(closed.outer);
    const std::string_view next = text(at_ + 1);
    const bool goes_on = !open_.empty() && (open_.back().kind != Open::Kind::block || next == "(" ||
                                            next == "," || next == ";");
    if (!goes_on) end_statement();
  }

  /// A body, as against a list of values.
  bool opens_block() const {
    static const std::set<std::string_view> kBeforeBody{
        "",   ")",   "]",       ";",     "{",        "}",        ":",    "else",
        "do", "try", "mutable", "const", "noexcept", "override", "final"};
    static const std::set<std::string_view> kDefinitions{"namespace", "struct", "class",   "enum",
                                                         "union",     "extern", "template"};
    if (open_.back().kind == Open::Kind::list && before() != ")" && before() != "]") return false;
    if (kBeforeBody.contains(before())) return true;
    return kDefinitions.contains(text(statement_begin_)) || has_trailing_return_type();
  }

  /// `) -> Type {`
  bool has_trailing_return_type() const {
    std::size_t token = at_;
    while (token > 0 &&
           (is_word(tokens_[token - 1]) || text(token - 1) == "::" || text(token - 1) == "<" ||
            text(token - 1) == ">" || text(token - 1) == "*" || text(token - 1) == "&" ||
            text(token - 1) == ","))
      --token;
    return token > 1 && text(token - 1) == "->" && text(token - 2) == ")";
  }

  /// Not an index, nor the names of a structured binding.
  bool begins_lambda() const {
    if (at_ == 0) return true;
    const bool by_reference = before() == "&" || before() == "&&";
    if (by_reference) return text(at_ - 2) != "auto";
    const bool after_keyword = before() == "return" || before() == "co_return";
    return after_keyword || (!is_word(tokens_[at_ - 1]) && before() != ")" && before() != "]");
  }

  bool captures_by_value() const {
    bool begins_capture = true;
    int depth = 0;
    for (std::size_t token = at_ + 1; token < tokens_.size(); ++token) {
      const std::string_view now = text(token);
      if (depth == 0 && now == "]") return false;
      if (begins_capture && now != "&" && now != "this") return true;
      begins_capture = depth == 0 && now == ",";
      if (now == "(" || now == "[" || now == "{") ++depth;
      if (now == ")" || now == "]" || now == "}") --depth;
    }
    return false;
  }

  void breach(std::string what) {
    statement_.breaches.push_back(AwaitBreach{tokens_[at_].line, std::move(what)});
  }

  void end_statement() {
    if (statement_.awaits)
      found_.insert(found_.end(), statement_.breaches.begin(), statement_.breaches.end());
    statement_ = Statement();
    statement_begin_ = at_ + 1;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t statement_begin_ = 0;
  Statement statement_;
  std::vector<Open> open_;
  std::vector<AwaitBreach> found_;
};

}  // namespace

std::vector<AwaitBreach> flat_await_breaches(std::string_view code) {
  return Reader(code).run();
}

}  // namespace payferry::test

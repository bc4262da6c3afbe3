#include <algorithm>
#include <array>
#include <string>

#include "mutation/mutator/code_places.hpp"
#include "mutation/mutator/kinds.hpp"
#include "tidy/source_text.hpp"

namespace payferry::test {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

/// Where the text's first character that is not blank stands.
std::size_t first_of(std::string_view code, std::size_t from) {
  return std::min(code.find_first_not_of(" \n", from), code.size());
}

void add_negation(std::string_view source, std::size_t begin, std::size_t end,
                  std::string_view rule, std::vector<Mutation>& found) {
  const std::string part(source.substr(begin, end - begin));
  found.push_back(Mutation{begin, end - begin, "!(" + part + ")", rule});
}

/// What declares a name or begins with an initialiser: only the part after it is the condition.
void add_conditions(std::string_view source, std::string_view code, std::string_view keyword,
                    std::vector<Mutation>& found) {
  for (const std::size_t at : places_of_word(code, keyword)) {
    const std::size_t open = first_of(code, at + keyword.size());
    if (open == code.size() || code[open] != '(') continue;  // if constexpr
    const std::size_t close = closing_bracket(code, open);
    if (close == kNowhere) continue;
    const std::size_t initialiser = find_outside_brackets(code, open + 1, ';');
    const bool has_one = initialiser != kNowhere && initialiser < close;
    const std::size_t begin = has_one ? first_of(code, initialiser + 1) : open + 1;
    add_negation(source, begin, close, "condition negated", found);
  }
}

bool compares(std::string_view expression) {
  constexpr std::array<std::string_view, 8> kOperators{
      " == ", " != ", " < ", " <= ", " > ", " >= ", " && ", " || "};
  return expression.starts_with('!') ||
         std::any_of(kOperators.begin(), kOperators.end(),
                     [&](std::string_view each) { return expression.find(each) != kNowhere; });
}

void add_results(std::string_view source, std::string_view code, std::vector<Mutation>& found) {
  constexpr std::string_view kReturn = "return";
  for (const std::size_t at : places_of_word(code, kReturn)) {
    const std::size_t begin = first_of(code, at + kReturn.size());
    const std::size_t end = find_outside_brackets(code, begin, ';');
    if (end == kNowhere || end == begin) continue;
    const std::string_view expression = code.substr(begin, end - begin);
    if (compares(expression)) add_negation(source, begin, end, "result negated", found);
    const bool is_empty = expression == "{}" || expression == "std::nullopt" || expression == "0" ||
                          expression == "false" || expression == "nullptr";
    if (!is_empty) found.push_back(Mutation{begin, end - begin, "{}", "empty result"});
  }
}

bool is_one_of(std::string_view word, const std::vector<std::string_view>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// An expression, or a jump without a value: what a compiler does not miss. Two words that follow
/// each other declare something.
bool may_be_dropped(std::string_view statement) {
  static const std::vector<std::string_view> kJumps{"break", "continue", "return", "co_return"};
  static const std::vector<std::string_view> kBefore{"co_await", "not", "delete"};
  static const std::vector<std::string_view> kOthers{
      "return", "co_return", "throw", "using",  "typedef", "friend", "case",   "default", "goto",
      "do",     "else",      "if",    "for",    "while",   "switch", "class",  "struct",  "enum",
      "union",  "template",  "const", "static", "auto",    "public", "private"};
  const auto tokens = tokens_of(statement);
  if (tokens.empty()) return false;
  if (tokens.size() == 1) return is_one_of(tokens.front().text, kJumps);
  if (is_one_of(tokens.front().text, kOthers)) return false;
  for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
    if (tokens[at].text == "(" || tokens[at].text == "=" || tokens[at].text == "[") break;
    const bool is_type_end = is_word(tokens[at]) || tokens[at].text == ">" ||
                             tokens[at].text == "&" || tokens[at].text == "*";
    const bool is_prefix = is_one_of(tokens[at].text, kBefore) || (at == 0 && !is_word(tokens[0]));
    if (is_type_end && !is_prefix && is_word(tokens[at + 1])) return false;
  }
  return statement.find_first_of("(=+-") != kNowhere;
}

/// Statements end with a semicolon and begin after one, a brace, or the head of an if or a loop.
void add_drops(std::string_view code, std::vector<Mutation>& found) {
  std::size_t begin = first_of(code, 0);
  for (std::size_t at = 0; at < code.size(); ++at) {
    const bool has_begun = begin < at;
    const std::string_view so_far = has_begun ? code.substr(begin, at - begin) : "";
    if (code[at] == ';') {
      if (may_be_dropped(so_far))
        found.push_back(Mutation{begin, at - begin, "", "statement dropped"});
      begin = first_of(code, at + 1);
    } else if (code[at] == '{' || code[at] == '}') {
      begin = first_of(code, at + 1);
    } else if (code[at] == ':' &&
               (so_far == "else" || so_far.starts_with("case ") || so_far == "default" ||
                so_far == "public" || so_far == "private")) {
      if (code[at + 1] != ':' && code[at - 1] != ':') begin = first_of(code, at + 1);
    } else if (code[at] == '(') {
      const std::size_t close = closing_bracket(code, at);
      if (close == kNowhere) return;
      const auto tokens = tokens_of(so_far);
      const bool is_head = !tokens.empty() && is_one_of(tokens.back().text, {"if", "for", "while"});
      if (is_head) {
        at = close;
        begin = first_of(code, close + 1);
      }
    } else if (so_far == "else" && (code[at] == ' ' || code[at] == '\n')) {
      begin = first_of(code, at);
    }
  }
}

}  // namespace

void add_statement_mutations(std::string_view source, std::string_view code,
                             std::vector<Mutation>& found) {
  add_conditions(source, code, "if", found);
  add_conditions(source, code, "while", found);
  add_results(source, code, found);
  add_drops(code, found);
}

}  // namespace payferry::test

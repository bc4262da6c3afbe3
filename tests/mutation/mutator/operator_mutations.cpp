#include <array>
#include <string>
#include <utility>

#include "mutation/mutator/code_places.hpp"
#include "mutation/mutator/kinds.hpp"

namespace payferry::test {

namespace {

struct Swap {
  std::string_view from;
  std::string_view to;
  std::string_view rule;
};

// In the house's format these have a space on either side, which brackets of templates, pointers
// and references have not.
constexpr std::array<Swap, 14> kBetweenSpaces{{
    {"==", "!=", "comparison flipped"},
    {"!=", "==", "comparison flipped"},
    {"<", "<=", "bound moved"},
    {"<=", "<", "bound moved"},
    {">", ">=", "bound moved"},
    {">=", ">", "bound moved"},
    {"&&", "||", "and for or"},
    {"||", "&&", "and for or"},
    {"+", "-", "arithmetic changed"},
    {"-", "+", "arithmetic changed"},
    {"*", "/", "arithmetic changed"},
    {"/", "*", "arithmetic changed"},
    {"+=", "-=", "arithmetic changed"},
    {"-=", "+=", "arithmetic changed"},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kSteps{
    {{"++", "--"}, {"--", "++"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kExtremes{
    {{"min", "max"}, {"max", "min"}}};

bool is_blank(char c) {
  return c == ' ' || c == '\n';
}

bool stands_alone(std::string_view code, std::size_t at, std::size_t length) {
  return at > 0 && at + length < code.size() && is_blank(code[at - 1]) &&
         is_blank(code[at + length]);
}

}  // namespace

void add_operator_mutations(std::string_view code, std::vector<Mutation>& found) {
  const auto add = [&](std::size_t at, std::string_view from, std::string_view to,
                       std::string_view rule) {
    found.push_back(Mutation{at, from.size(), std::string(to), rule});
  };
  for (std::size_t at = 0; at < code.size(); ++at) {
    for (const Swap& swap : kBetweenSpaces) {
      if (code.substr(at).starts_with(swap.from) && stands_alone(code, at, swap.from.size()))
        add(at, swap.from, swap.to, swap.rule);
    }
    for (const auto& [from, to] : kSteps) {
      if (code.substr(at).starts_with(from)) add(at, from, to, "step reversed");
    }
  }
  for (const auto& [from, to] : kExtremes) {
    for (const std::size_t at : places_of_word(code, from)) {
      if (code.substr(0, at).ends_with("std::")) add(at, from, to, "other extreme");
    }
  }
}

}  // namespace payferry::test

#include "mutation/mutator/choice.hpp"

#include <map>
#include <random>
#include <utility>

#include "mutation/mutator/mutations.hpp"

namespace payferry::test {

std::vector<Choice> choices(const std::vector<std::string>& sources, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Choice> chosen;
  for (std::size_t source = 0; source < sources.size(); ++source) {
    std::map<std::size_t, std::vector<Mutation>> by_line;
    for (Mutation& mutation : mutations_of(sources[source]))
      by_line[mutation.line_in(sources[source])].push_back(std::move(mutation));
    for (auto& [line, mutations] : by_line)
      chosen.push_back(Choice{source, std::move(mutations[random() % mutations.size()])});
  }
  // Not std::shuffle, whose order is the library's own affair.
  for (std::size_t left = chosen.size(); left > 1; --left)
    std::swap(chosen[left - 1], chosen[random() % left]);
  return chosen;
}

}  // namespace payferry::test

#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "mutation/mutator/choice.hpp"

namespace {

constexpr int kWrongUse = 2;
constexpr int kNoneLeft = 3;

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  file.exceptions(std::ios::failbit | std::ios::badbit);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

/// Writes the INDEXth mutation that the seed chooses into its file, and says which it is.
int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 3) {
    std::cerr << "mutate SEED INDEX FILE...\n";
    return kWrongUse;
  }
  const std::vector<std::string> paths(arguments.begin() + 2, arguments.end());
  std::vector<std::string> sources;
  for (const std::string& path : paths) sources.push_back(read(path));
  const auto chosen = payferry::test::choices(sources, std::stoull(arguments[0]));
  const std::size_t index = std::stoull(arguments[1]);
  if (index >= chosen.size()) return kNoneLeft;
  const auto& [source, mutation] = chosen[index];
  std::ofstream file(paths[source], std::ios::binary);
  file.exceptions(std::ios::failbit | std::ios::badbit);
  file << mutation.applied_to(sources[source]);
  std::cout << paths[source] << ':' << mutation.line_in(sources[source]) << ": " << mutation.rule
            << ": " << mutation.shown_in(sources[source]) << '\n';
}

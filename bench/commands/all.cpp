#include <memory>

#include "bench/commands/commands.hpp"
#include "bench/compare/compare.hpp"
#include "bench/instructions/instructions.hpp"
#include "bench/limits/limits.hpp"
#include "bench/load/scenarios.hpp"
#include "bench/micro/micro.hpp"

namespace payferry::bench {

namespace {

constexpr unsigned kRuns = 3;

Section instructions() {
  const auto missing = instructions_missing();
  if (!missing) return count_instructions(true);
  Section section("instructions");
  section.notes.push_back(*missing);
  return section;
}

}  // namespace

void add_all(CLI::App& app, Output& output) {
  CLI::App& all = *app.add_subcommand("all", "Everything but scaling, in less than ten minutes");
  all.callback([&output] {
    // What measures the memory of programs comes before what takes much itself; see Child.
    std::vector<Section> sections;
    sections.push_back(measure_load({}, {}));
    sections.push_back(compare_with_peers({}));
    sections.push_back(instructions());
    sections.push_back(measure_micro({}, kRuns));
    sections.push_back(measure_limits(kRuns));
    output.give(sections);
  });
}

}  // namespace payferry::bench

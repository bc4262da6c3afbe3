#include <memory>

#include "bench/commands/commands.hpp"
#include "bench/compare/compare.hpp"
#include "bench/instructions/instructions.hpp"
#include "bench/limits/limits.hpp"
#include "bench/load/scenarios.hpp"
#include "bench/micro/micro.hpp"
#include "bench/scaling/scaling.hpp"

namespace payferry::bench {

namespace {

constexpr unsigned kRuns = 3;
constexpr unsigned kScalingRuns = 2;

Section instructions() {
  const auto missing = instructions_missing();
  if (!missing) return count_instructions(true);
  Section section("instructions");
  section.notes.push_back(*missing);
  return section;
}

}  // namespace

void add_all(CLI::App& app, Output& output) {
  const auto plot = std::make_shared<std::string>();
  CLI::App& all = *app.add_subcommand("all", "All of these, in less than ten minutes");
  all.add_option("--plot", *plot, "Draw the curves of scaling there, as SVG")->type_name("FILE");
  all.callback([plot, &output] {
    // What measures the memory of programs comes before what takes much itself; see Child.
    std::vector<Section> sections;
    sections.push_back(measure_load({}, {}));
    sections.push_back(compare_with_peers({}));
    const std::vector<Curve> curves = measure_scaling(kScalingRuns);
    if (!plot->empty()) write_plot(*plot, curves);
    sections.push_back(to_section(curves));
    sections.push_back(instructions());
    sections.push_back(measure_micro({}, kRuns));
    sections.push_back(measure_limits(kRuns));
    output.give(sections);
  });
}

}  // namespace payferry::bench

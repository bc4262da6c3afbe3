#include "bench/instructions/instructions.hpp"

#include <charconv>
#include <stdexcept>

#include "bench/harness/programs.hpp"
#include "bench/instructions/pipeline.hpp"
#include "bench/load/load_run.hpp"

namespace payferry::bench {

namespace {

constexpr std::uint64_t kFew = 2'000;
constexpr std::uint64_t kMany = 10'000;

double count(ChildCommand command, const ScratchFolder& folder) {
  command.arguments.insert(
      command.arguments.begin(),
      {"--tool=callgrind", "--callgrind-out-file=/dev/null", command.program.string()});
  command.program = system_program("valgrind").value();
  command.output = folder.file("valgrind.out");
  run_child(command);
  return collected_instructions(read_file(command.output));
}

double count_pipeline(const ScratchFolder& folder, std::uint64_t records) {
  ChildCommand command{own_program("payferry-bench")};
  command.arguments = {"pipeline", folder.file("").string(), std::to_string(records)};
  return count(command, folder);
}

double count_program(const ScratchFolder& folder, std::uint64_t records) {
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.simulator = unthrottled_simulator();
  plan.sections = fixed_connections(16);
  plan.properties = payment_properties(GeneratedFormat::csv);
  folder.remove("run");
  SimulatorProcess simulator(folder, plan.simulator);
  auto arguments = load_arguments(plan, simulator, folder);
  arguments.insert(arguments.end(), {"--limit", std::to_string(records)});
  return count(payferry_command(arguments, folder), folder);
}

/// What comes once (the start, the config) is in both counts.
template <class Count>
double a_record(const ScratchFolder& folder, Count count_records) {
  const double few = count_records(folder, kFew);
  const double many = count_records(folder, kMany);
  return (many - few) / static_cast<double>(kMany - kFew);
}

}  // namespace

double collected_instructions(const std::string& output) {
  constexpr std::string_view kMark = "Collected : ";
  const std::size_t at = output.find(kMark);
  double count = 0;
  if (at == output.npos) throw std::runtime_error("valgrind counted nothing:\n" + output);
  std::from_chars(output.data() + at + kMark.size(), output.data() + output.size(), count);
  return count;
}

std::optional<std::string> instructions_missing() {
  if (system_program("valgrind")) return std::nullopt;
  return "instructions are not counted: valgrind is not installed";
}

Section count_instructions(bool whole_program) {
  const ScratchFolder folder;
  prepare_pipeline(folder, kMany);
  Section section("instructions");
  Subject& way = section.subjects.emplace_back("from file to request, from answer to outcome");
  way.add("a record", "", a_record(folder, count_pipeline));
  if (whole_program) {
    Subject& program = section.subjects.emplace_back("payferry load, the whole program");
    program.add("a record", "", a_record(folder, count_program));
  }
  return section;
}

}  // namespace payferry::bench

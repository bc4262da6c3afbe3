#include "bench/instructions/instructions.hpp"

#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>

#include "bench/commands/commands.hpp"
#include "bench/harness/result_table.hpp"
#include "bench/instructions/pipeline.hpp"

namespace payferry::bench {

namespace {

constexpr int kSkipped = 77;
constexpr int kGrown = 1;

struct InstructionsCommand {
  std::string baseline;
  bool write = false;
  bool whole_program = false;
};

double counted(const Section& section) {
  return section.subjects.front().at("a record").median();
}

void write_baseline(const InstructionsCommand& command, const Section& section) {
  std::ofstream file(command.baseline);
  file << InstructionBaseline{counted(section), InstructionBaseline::this_compiler()}.to_json();
  file.close();
  if (!file) throw std::runtime_error("cannot write " + command.baseline);
}

/// The exit code.
int compare(const InstructionsCommand& command, Section& section) {
  const auto baseline = InstructionBaseline::read(command.baseline);
  if (baseline.compiler != InstructionBaseline::this_compiler()) {
    section.notes.push_back("not compared: the baseline is of " + baseline.compiler);
    return kSkipped;
  }
  const double growth = baseline.growth_to(counted(section));
  section.notes.push_back("baseline " + short_number(baseline.a_record) + ", growth " +
                          short_number(growth * 100) + "% (at most " +
                          short_number(kMostGrowth * 100) + "%)");
  if (growth <= kMostGrowth) return 0;
  section.notes.emplace_back(
      "A record takes more than it did. Where that is on purpose, write the baseline anew with "
      "--write-baseline and commit it with the reason.");
  return kGrown;
}

void run(const InstructionsCommand& command, Output& output) {
  if (const auto missing = instructions_missing()) {
    std::cout << *missing << '\n';
    output.exit_code = kSkipped;
    return;
  }
  Section section = count_instructions(command.whole_program);
  if (command.write) {
    write_baseline(command, section);
  } else if (!command.baseline.empty()) {
    output.exit_code = compare(command, section);
  }
  output.give({section});
}

}  // namespace

void add_instructions(CLI::App& app, Output& output) {
  const auto command = std::make_shared<InstructionsCommand>();
  CLI::App& instructions =
      *app.add_subcommand("instructions", "Instructions a record, whatever else the machine does");
  instructions
      .add_option("--baseline", command->baseline,
                  "Compare with that file; exit code 1 where it is over by more than 5%, 77 where "
                  "that cannot be told")
      ->type_name("FILE");
  instructions.add_flag("--write-baseline", command->write, "Write it instead")
      ->needs("--baseline");
  instructions.add_flag("--whole-program", command->whole_program, "Count payferry as a whole too");
  instructions.callback([command, &output] { run(*command, output); });
}

void add_pipeline(CLI::App& app) {
  const auto folder = std::make_shared<std::string>();
  const auto records = std::make_shared<std::uint64_t>(0);
  // What `instructions` runs under valgrind; nobody else needs it.
  CLI::App& pipeline = *app.add_subcommand("pipeline", "The work of `instructions`")->group("");
  pipeline.add_option("folder", *folder)->required();
  pipeline.add_option("records", *records)->required();
  pipeline.callback([folder, records] { run_pipeline(*folder, *records); });
}

}  // namespace payferry::bench

#include <iostream>

#include "bench/commands/commands.hpp"
#include "bench/harness/document.hpp"
#include "bench/harness/output_file.hpp"
#include "bench/harness/report.hpp"
#include "bench/harness/result_table.hpp"
#include "bench/summary/summary.hpp"

namespace payferry::bench {

namespace {

constexpr const char* kSummary = "summary";

void write_json(const std::string& path, const std::string& json) {
  OutputFile file(path);
  file.text() = json;
  file.write();
}

/// Each block tells what it was measured on, and when.
MeasuredBlocks blocks_of(const std::vector<Section>& sections, const std::vector<Goal>& goals,
                         const Machine& machine) {
  const std::string where = "\n" + machine.to_string() + "; " + today() + ".\n";
  MeasuredBlocks blocks;
  for (const Section& section : sections) blocks[section.name] = to_markdown(section) + where;
  if (!goals.empty()) blocks[kSummary] = to_markdown(to_table(goals)) + where;
  return blocks;
}

}  // namespace

void Output::give(const std::vector<Section>& sections) const {
  const Machine machine = Machine::here();
  const std::vector<Goal> goals = goals_of(sections);
  std::cout << machine.to_string() << "\n";
  for (const Section& section : sections) std::cout << '\n' << to_text(section);
  if (!goals.empty()) std::cout << '\n' << kSummary << "\n\n" << to_text(to_table(goals));
  if (!json_file.empty()) write_json(json_file, to_json(machine, sections));
  const MeasuredBlocks blocks = blocks_of(sections, goals, machine);
  for (const std::string& document : documents) update_document(document, blocks);
}

void add_output_options(CLI::App& app, Output& output) {
  app.add_option("--json", output.json_file, "Write the figures there as JSON too")
      ->type_name("FILE");
  app.add_option("--document", output.documents,
                 "Write them into its measured blocks, repeatable: README.md, docs/performance.md")
      ->type_name("FILE")
      ->check(CLI::ExistingFile)
      ->allow_extra_args(false);
}

}  // namespace payferry::bench

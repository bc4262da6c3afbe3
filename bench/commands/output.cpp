#include <fstream>
#include <iostream>
#include <stdexcept>

#include "bench/commands/commands.hpp"
#include "bench/harness/report.hpp"
#include "bench/harness/result_table.hpp"

namespace payferry::bench {

void Output::give(const std::vector<Section>& sections) const {
  const Machine machine = Machine::here();
  std::cout << machine.to_string() << "\n";
  for (const Section& section : sections) std::cout << '\n' << to_text(section);
  if (json_file.empty()) return;
  std::ofstream file(json_file);
  file << to_json(machine, sections);
  file.close();
  if (!file) throw std::runtime_error("cannot write " + json_file);
}

void add_output_options(CLI::App& app, Output& output) {
  app.add_option("--json", output.json_file, "Write the figures there as JSON too")
      ->type_name("FILE");
}

}  // namespace payferry::bench

#include <memory>

#include "bench/commands/commands.hpp"
#include "bench/harness/output_file.hpp"
#include "bench/harness/payment_generator.hpp"
#include "bench/simulator/core/option_values.hpp"

namespace payferry::bench {

namespace {

struct GenerateCommand {
  GeneratorOptions options;
  std::string bad = "0%";
  std::string output = "-";
  std::string truth;
};

void append_truth(std::string& out, std::uint64_t record, Defect defect) {
  out.append("{\"record\":").append(std::to_string(record));
  out.append(",\"kind\":\"").append(name_of(defect));
  out.append("\",\"refused_by\":\"").append(refused_by(defect)).append("\"}\n");
}

void generate(const GenerateCommand& command) {
  PaymentGenerator generator(command.options);
  OutputFile output(command.output);
  std::unique_ptr<OutputFile> truth;
  if (!command.truth.empty()) truth = std::make_unique<OutputFile>(command.truth);
  generator.append_head(output.text());
  for (std::uint64_t record = 1; record <= command.options.records; ++record) {
    const Defect defect = generator.append_next(output.text());
    output.write_if_large();
    if (!truth || defect == Defect::none) continue;
    append_truth(truth->text(), record, defect);
    truth->write_if_large();
  }
  output.write();
  if (truth) truth->write();
}

void add_content_options(CLI::App& generate, GenerateCommand& command) {
  generate.add_option("--records", command.options.records, "How many")->required()->type_name("N");
  const auto take_format = [&command](const std::string& name) {
    if (name != "csv" && name != "ndjson") {
      throw CLI::ValidationError("--format takes csv or ndjson, not \"" + name + "\"");
    }
    command.options.format = name == "csv" ? GeneratedFormat::csv : GeneratedFormat::ndjson;
  };
  generate.add_option_function<std::string>("--format", take_format, "csv or ndjson")
      ->type_name("FORMAT")
      ->default_str("csv");
  generate.add_option("--seed", command.options.seed, "Seed of all that is random")
      ->type_name("N")
      ->capture_default_str();
  generate
      .add_option("--bad", command.bad,
                  "Share of records that are refused, by payferry or by HubSpot")
      ->type_name("P%")
      ->capture_default_str();
}

void add_file_options(CLI::App& generate, GenerateCommand& command) {
  generate
      .add_option("--truth", command.truth,
                  "Write there which records are bad: number, kind, refused by whom")
      ->type_name("FILE");
  generate.add_option("-o,--output", command.output, "Where to; - is standard output")
      ->type_name("FILE")
      ->capture_default_str();
}

}  // namespace

void add_generate(CLI::App& app) {
  const auto command = std::make_shared<GenerateCommand>();
  CLI::App& sub =
      *app.add_subcommand("generate", "Make a file of payments, the same for the same seed");
  add_content_options(sub, *command);
  add_file_options(sub, *command);
  sub.callback([command] {
    const auto share = simulator::parse_percent(command->bad);
    if (!share)
      throw CLI::ValidationError("--bad takes a percentage such as 5%, not \"" + command->bad +
                                 "\"");
    command->options.bad_share = *share;
    generate(*command);
  });
}

}  // namespace payferry::bench

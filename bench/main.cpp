#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include "bench/harness/payment_generator.hpp"
#include "bench/simulator/core/option_values.hpp"

namespace {

using namespace payferry::bench;

constexpr std::size_t kChunkBytes = std::size_t{1} << 20U;

struct GenerateCommand {
  GeneratorOptions options;
  std::string bad = "0%";
  std::string output = "-";
  std::string truth;
};

/// A file that is written in large pieces, and whose troubles are exceptions.
class OutputFile {
 public:
  explicit OutputFile(const std::string& path)
      : name_(path == "-" ? "standard output" : path),
        file_(path == "-" ? stdout : std::fopen(path.c_str(), "wb")) {
    if (file_ == nullptr) fail();
  }
  ~OutputFile() {
    if (file_ != nullptr && file_ != stdout) std::fclose(file_);
  }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  std::string& text() { return text_; }
  void write_if_large() {
    if (text_.size() >= kChunkBytes) write();
  }
  void write() {
    const bool whole = std::fwrite(text_.data(), 1, text_.size(), file_) == text_.size();
    if (!whole || std::fflush(file_) != 0) fail();
    text_.clear();
  }

 private:
  [[noreturn]] void fail() const {
    throw std::runtime_error("cannot write " + name_ + ": " + std::strerror(errno));
  }

  std::string name_;
  std::FILE* file_;
  std::string text_;
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

void add_generate(CLI::App& app, GenerateCommand& command) {
  CLI::App& generate =
      *app.add_subcommand("generate", "Make a file of payments, the same for the same seed");
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
  generate
      .add_option("--truth", command.truth,
                  "Write there which records are bad: number, kind, refused by whom")
      ->type_name("FILE");
  generate.add_option("-o,--output", command.output, "Where to; - is standard output")
      ->type_name("FILE")
      ->capture_default_str();
  generate.callback([&command] {
    const auto share = payferry::simulator::parse_percent(command.bad);
    if (!share)
      throw CLI::ValidationError("--bad takes a percentage such as 5%, not \"" + command.bad +
                                 "\"");
    command.options.bad_share = *share;
  });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"The bench harness of payferry", "payferry-bench"};
  app.require_subcommand(1);
  GenerateCommand command;
  add_generate(app, command);
  try {
    app.parse(argc, argv);
    generate(command);
    return 0;
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "payferry-bench: " << error.what() << '\n';
    return 2;
  }
}

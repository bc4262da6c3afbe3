#include "process/load_fixture.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <sstream>

#include "bench/harness/payment_generator.hpp"

namespace payferry::test {

using namespace std::chrono_literals;

namespace {

std::filesystem::path fresh_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "payferry-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw std::runtime_error("cannot make a folder for a test");
  return name;
}

}  // namespace

LoadFixture::LoadFixture() : folder_(fresh_folder()) {
  simulator_.ca_file = file("ca.pem").string();
  simulator_.hubspot.access.tokens = {"test-token"};
  simulator_.hubspot.limits.enforced = false;
}

LoadFixture::~LoadFixture() {
  server_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void LoadFixture::start_simulator() {
  server_ = std::make_unique<simulator::SimulatorServer>(simulator_);
  server_->start();
}

std::size_t LoadFixture::in_hubspot() {
  std::size_t count = 0;
  with_hubspot([&](simulator::SimulatedHubSpot& hubspot) {
    count = hubspot.live_records("commerce_payments");
  });
  return count;
}

void LoadFixture::answer_after(std::chrono::milliseconds time) {
  with_hubspot([time](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().plan().with(simulator::Fault::slow, 1).slow_by = time;
  });
}

void LoadFixture::break_hubspot(simulator::Fault fault) {
  with_hubspot([fault](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().plan().with(fault, 1);
    hubspot.faults().plan().on_reads = true;
    hubspot.faults().plan().on_settings = true;
  });
}

void LoadFixture::mend_hubspot() {
  with_hubspot(
      [](simulator::SimulatedHubSpot& hubspot) { hubspot.faults().plan().probability.fill(0); });
}

void LoadFixture::wait_until(ChildProcess& process, const std::function<bool()>& reached) {
  while (!reached())
    if (process.wait(std::chrono::milliseconds(2))) throw std::runtime_error("it ended early");
}

void LoadFixture::write(const std::string& name, const std::string& content) const {
  std::ofstream(file(name), std::ios::binary) << content;
}

std::string LoadFixture::read(const std::string& name) const {
  std::ifstream stream(file(name), std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

void LoadFixture::write_config(const std::string& properties, const std::string& more) const {
  const std::string base_url = server_ ? server_->base_url() : "https://localhost:1";
  write("payments.toml",
        "[hubspot]\nbase_url = \"" + base_url +
            "\"\nca_file = \"ca.pem\"\nid_property = \"hs_external_reference_id\"\n"
            "[limits]\nrequests = 100000\n[retry]\nbase = \"20ms\"\ncap = \"200ms\"\n"
            "settle_after = \"300ms\"\n[properties]\n" +
            properties + more);
}

void LoadFixture::write_payments(std::uint64_t records, double bad_share) const {
  bench::GeneratorOptions options;
  options.records = records;
  options.seed = 7;
  options.bad_share = bad_share;
  bench::PaymentGenerator generator(options);
  std::string text;
  generator.append_head(text);
  for (std::uint64_t record = 0; record < records; ++record) generator.append_next(text);
  write("payments.csv", text);
}

std::unique_ptr<ChildProcess> LoadFixture::start_payferry(const std::vector<std::string>& arguments,
                                                          std::optional<int> standard_input) {
  return start(std::filesystem::path(PAYFERRY_BINARY_DIR) / "loader/payferry", arguments,
               standard_input);
}

std::unique_ptr<ChildProcess> LoadFixture::start(const std::filesystem::path& program,
                                                 const std::vector<std::string>& arguments,
                                                 std::optional<int> standard_input) {
  return std::make_unique<ChildProcess>(program, arguments, environment_, folder_, standard_input);
}

ProcessResult LoadFixture::payferry(const std::vector<std::string>& arguments) {
  const auto process = start_payferry(arguments);
  auto result = process->wait(10min);
  if (!result) throw std::runtime_error("payferry did not end in time");
  return *std::move(result);
}

std::vector<std::string> LoadFixture::load_arguments(const std::vector<std::string>& more) const {
  std::vector<std::string> arguments{
      "load",       "-c",   file("payments.toml").string(), "--run-dir", file("run").string(),
      "--progress", "none", file("payments.csv").string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

ProcessResult LoadFixture::load(const std::vector<std::string>& more) {
  return payferry(load_arguments(more));
}

Summary LoadFixture::summary() const {
  auto summary = Summary::parse(read("run/summary.json"));
  if (!summary) throw std::runtime_error(summary.error());
  return *std::move(summary);
}

std::map<std::uint64_t, OutcomeLine> LoadFixture::outcomes() const {
  std::map<std::uint64_t, OutcomeLine> outcomes;
  std::istringstream lines(read("run/outcomes.ndjson"));
  for (std::string text; std::getline(lines, text);) {
    auto line = parse_outcome_line(text);
    if (!line) {
      ADD_FAILURE() << "no outcome line: " << text;
      continue;
    }
    const std::uint64_t number = line->outcome.record.value();
    EXPECT_TRUE(outcomes.emplace(number, std::move(*line)).second)
        << "record " << number << " stands twice";
  }
  return outcomes;
}

std::string unwrapped(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  const auto both_blank = [](char left, char right) { return left == ' ' && right == ' '; };
  text.erase(std::unique(text.begin(), text.end(), both_blank), text.end());
  return text;
}

}  // namespace payferry::test

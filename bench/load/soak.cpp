#include "bench/load/soak.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <iostream>
#include <stdexcept>

#include "bench/harness/output_file.hpp"
#include "bench/harness/result_table.hpp"
#include "bench/load/load_run.hpp"
#include "bench/load/soak_books.hpp"
#include "bench/load/soak_watch.hpp"
#include "bench/simulator/core/fault.hpp"
#include "loader/report/summary.hpp"

namespace payferry::bench {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr double kBadShare = 0.01;
constexpr milliseconds kWindow = std::chrono::seconds(10);
constexpr const char* kFaultShare = "0.3%";
/// A token that expires again as soon as it was renewed is none of HubSpot's ways, and ends a load.
constexpr const char* kExpiredShare = "0.01%";
/// Some twice what the quota needs: memory goes with it, where the machine is busy and answers
/// late.
constexpr unsigned kMostInFlight = 24;
constexpr const char* kClientId = "soak-client";
constexpr const char* kClientSecret = "soak-secret";
constexpr const char* kRefreshToken = "soak-refresh";

/// So that the records take so long.
std::uint64_t requests_per_window(const LoadOptions& options) {
  const auto windows = static_cast<double>(options.soak_time / milliseconds(1)) /
                       static_cast<double>(kWindow.count());
  const auto requests = static_cast<double>(options.soak_records) / 100 / windows;
  return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::llround(requests)));
}

/// Every fault of the list; those that take long in the world take seconds here. OAuth, since a
/// token that expires is one of them.
std::vector<std::string> simulator_options(const LoadOptions& options,
                                           const std::filesystem::path& ledger) {
  std::vector<std::string> words{"--requests-per-window",
                                 std::to_string(requests_per_window(options)),
                                 "--latency",
                                 "200ms",
                                 "--jitter",
                                 "100ms",
                                 "--ledger",
                                 ledger.string(),
                                 "--property",
                                 "payferry_run",
                                 "--oauth-client-id",
                                 kClientId,
                                 "--oauth-client-secret",
                                 kClientSecret,
                                 "--oauth-refresh-token",
                                 kRefreshToken,
                                 "--faults-on-reads",
                                 "--late-commit-after",
                                 "3s",
                                 "--524-after",
                                 "4s",
                                 "--stall-for",
                                 "15s",
                                 "--slow-by",
                                 "2s",
                                 "--moving-for",
                                 "2s"};
  for (std::size_t i = 0; i < simulator::kFaultCount; ++i) {
    const auto fault = static_cast<simulator::Fault>(i);
    const char* const share = fault == simulator::Fault::expired ? kExpiredShare : kFaultShare;
    words.emplace_back("--fault");
    words.push_back(std::string(name_of(fault)) + "=" + share);
  }
  return words;
}

std::string config_sections(const LoadOptions& options) {
  return "run_property = \"payferry_run\"\n"
         "oauth = { client_id_env = \"SOAK_ID\", client_secret_env = \"SOAK_SECRET\", "
         "refresh_token_env = \"SOAK_REFRESH\" }\n"
         "[limits]\nrequests = " +
         std::to_string(requests_per_window(options)) +
         "\nconnections = " + std::to_string(kMostInFlight) +
         "\n[retry]\ncap = \"10s\"\nrequest_timeout = \"10s\"\n";
}

/// The file, and what is wrong with each of its records.
std::vector<Defect> write_source(const std::filesystem::path& path, std::uint64_t records) {
  PaymentGenerator generator({.records = records, .seed = 11, .bad_share = kBadShare});
  std::vector<Defect> defects;
  defects.reserve(records);
  OutputFile file(path.string());
  generator.append_head(file.text());
  for (std::uint64_t record = 0; record < records; ++record) {
    defects.push_back(generator.append_next(file.text()));
    file.write_if_large();
  }
  file.write();
  return defects;
}

ChildCommand command_of(std::vector<std::string> arguments, const ScratchFolder& folder) {
  ChildCommand command = payferry_command(std::move(arguments), folder);
  command.environment = {
      {"SOAK_ID", kClientId}, {"SOAK_SECRET", kClientSecret}, {"SOAK_REFRESH", kRefreshToken}};
  return command;
}

/// The processes of one run, one after the other, looked at all the time.
class Soak {
 public:
  Soak(const LoadOptions& options, const ScratchFolder& folder)
      : options_(options),
        folder_(folder),
        period_(std::clamp<milliseconds>(options.soak_time / 720, milliseconds(50),
                                         std::chrono::seconds(5))) {}

  /// Kills all come in the first eighth: what the last process holds then has time to settle before
  /// it is compared.
  void run(const std::vector<std::string>& load) {
    std::vector<std::string> arguments = load;
    for (unsigned kill = 1; kill <= options_.soak_kills; ++kill) {
      const milliseconds end = options_.soak_time * kill / (8 * options_.soak_kills);
      Child child(command_of(arguments, folder_));
      if (!watch_until(child, end)) fail("payferry ended before it could be killed");
      child.send_signal(SIGKILL);
      child.wait();
      // Killed before there was a run to go on with, it is to be begun again.
      if (std::filesystem::exists(run_directory(folder_) / "run.json"))
        arguments = {"resume", run_directory(folder_).string(), "--progress", "none"};
    }
    Child child(command_of(arguments, folder_));
    watch_until(child, milliseconds::max());
    const int exit_code = child.wait().exit_code;
    if (exit_code != 1) fail("payferry ended with exit code " + std::to_string(exit_code));
  }

  milliseconds time() const {
    return std::chrono::duration_cast<milliseconds>(Clock::now() - begun_);
  }
  const SoakWatch& sizes() const { return sizes_; }

 private:
  /// False where it ended before.
  bool watch_until(const Child& child, milliseconds end) {
    while (time() < end) {
      if (child.ends_within(period_)) return false;
      if (const auto size = size_of_process(child.id())) take(*size);
    }
    return true;
  }
  void take(const ProcessSize& size) {
    const milliseconds now = time();
    sizes_.add(now, size);
    if (now < next_sign_) return;
    next_sign_ = now + std::chrono::minutes(1);
    std::cerr << "load: soak, " << now.count() / 60'000 << " min, " << size.resident_kib / 1024
              << " MiB, " << size.descriptors << " descriptors\n";
  }
  [[noreturn]] void fail(const std::string& sentence) const {
    throw std::runtime_error(sentence + ": " + read_file(folder_.file("payferry.out")));
  }

  const LoadOptions& options_;
  const ScratchFolder& folder_;
  milliseconds period_;
  Clock::time_point begun_ = Clock::now();
  milliseconds next_sign_ = std::chrono::minutes(1);  ///< of life, on standard error
  SoakWatch sizes_;
};

Subject by_quarter(const SoakWatch& sizes, unsigned number) {
  const SizeRange range = sizes.quarter(number);
  Subject subject("soak: quarter " + std::to_string(number));
  subject.add("least memory", "MiB", static_cast<double>(range.least.resident_kib) / 1024);
  subject.add("most memory", "MiB", static_cast<double>(range.most.resident_kib) / 1024);
  subject.add("least descriptors", "", static_cast<double>(range.least.descriptors));
  subject.add("most descriptors", "", static_cast<double>(range.most.descriptors));
  return subject;
}

Subject whole_of(const LoadOptions& options, milliseconds time, const SimulatorCounts& counts) {
  std::uint64_t faults = 0;
  for (const auto& [name, count] : counts.faults) faults += count;
  Subject subject("soak");
  subject.add("records", "", static_cast<double>(options.soak_records));
  subject.add("time", "s", static_cast<double>(time.count()) / 1000);
  subject.add("kills", "", options.soak_kills);
  subject.add("requests", "", static_cast<double>(counts.requests));
  subject.add("faults", "", static_cast<double>(faults));
  subject.add("kinds of faults", "", static_cast<double>(counts.faults.size()));
  subject.add("429", "", static_cast<double>(counts.throttled));
  subject.add("look-ups", "", static_cast<double>(counts.looked_up));
  subject.add("connections", "", static_cast<double>(counts.connections));
  return subject;
}

void expect_complete(const ScratchFolder& folder) {
  const auto summary = Summary::parse(read_file(run_directory(folder) / "summary.json"));
  if (!summary || !summary->complete || !summary->books_balance())
    throw std::runtime_error("the run's own books do not balance");
}

LoadOptions with_records(LoadOptions options) {
  constexpr std::uint64_t kRecordsAnHour = 10'000'000;
  const auto hour = static_cast<std::uint64_t>(milliseconds(std::chrono::hours(1)).count());
  const auto time = static_cast<std::uint64_t>(options.soak_time.count());
  if (options.soak_records == 0) options.soak_records = kRecordsAnHour * time / hour;
  return options;
}

SoakReport soak_in(const ScratchFolder& folder, const LoadOptions& options) {
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.records = options.soak_records;
  plan.simulator = simulator_options(options, folder.file("ledger.ndjson"));
  plan.sections = config_sections(options);
  plan.properties = payment_properties(GeneratedFormat::csv);
  const std::vector<Defect> source = write_source(plan.input, plan.records);
  SimulatorProcess simulator(folder, plan.simulator);
  Soak soak(options, folder);
  soak.run(load_arguments(plan, simulator, folder));
  const milliseconds time = soak.time();
  const SimulatorCounts counts = simulator.stop();
  expect_complete(folder);
  compare_books(source, run_directory(folder) / "outcomes.ndjson", folder.file("ledger.ndjson"));
  std::vector<Subject> subjects{whole_of(options, time, counts)};
  for (unsigned number = 1; number <= 4; ++number)
    subjects.push_back(by_quarter(soak.sizes(), number));
  return {subjects, soak.sizes().complaint()};
}

}  // namespace

SoakReport soak(const LoadOptions& options) {
  ScratchFolder folder;
  try {
    return soak_in(folder, with_records(options));
  } catch (const std::runtime_error& error) {
    folder.keep();
    throw std::runtime_error(error.what() + std::string("\nWhat it left is in ") +
                             folder.file("").string());
  }
}

std::vector<Subject> measure_soak(const LoadOptions& options) {
  SoakReport report = soak(options);
  if (!report.complaint) return std::move(report.subjects);
  Section section("soak");
  section.subjects = std::move(report.subjects);
  throw std::runtime_error(to_text(section) + *report.complaint);
}

}  // namespace payferry::bench

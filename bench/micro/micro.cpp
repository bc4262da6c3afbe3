#include "bench/micro/micro.hpp"

#include <algorithm>
#include <cmath>

#include "bench/allocations/allocation_count.hpp"
#include "bench/harness/result_table.hpp"

namespace payferry::bench {

namespace {

constexpr const char* kRecords = "records";
constexpr const char* kBytes = "bytes";
constexpr const char* kAllocations = "allocations";

/// Gathers the runs instead of printing them.
class Gatherer final : public benchmark::BenchmarkReporter {
 public:
  explicit Gatherer(std::vector<Subject>& subjects) : subjects_(subjects) {}

  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type == Run::RT_Iteration) add(run);
    }
  }

 private:
  void add(const Run& run) {
    Subject& subject = subject_of(run.run_name.function_name);
    const double seconds = run.cpu_accumulated_time;
    const double records = run.counters.at(kRecords);
    const double bytes = run.counters.at(kBytes);
    if (bytes > 0) subject.add("speed", "MB/s", bytes / 1e6 / seconds);
    subject.add("a record", "ns", seconds * 1e9 / records);
    // What comes once for all records is none a record.
    subject.add("allocations a record", "",
                std::round(run.counters.at(kAllocations) / records * 1000) / 1000);
  }

  Subject& subject_of(const std::string& name) {
    const auto known = std::find_if(subjects_.begin(), subjects_.end(),
                                    [&](const Subject& one) { return one.name == name; });
    return known != subjects_.end() ? *known : subjects_.emplace_back(name);
  }

  std::vector<Subject>& subjects_;
};

const Subject* find(const Section& section, const std::string& name) {
  for (const Subject& subject : section.subjects) {
    if (subject.name == name) return &subject;
  }
  return nullptr;
}

/// What the way to the request's bytes costs beside merely finding the lines of the same bytes.
void note_ratio(Section& section, const std::string& format, double goal) {
  const Subject* const way = find(section, format + ": read to request bytes");
  const Subject* const scan = find(section, format + ": line scan");
  if (way == nullptr || scan == nullptr) return;
  const double speed = way->at("speed").median();
  section.notes.push_back(
      format + " to request bytes: " + short_number(speed) + " MB/s (goal " + short_number(goal) +
      "), 1/" + short_number(scan->at("speed").median() / speed) + " of a plain line scan");
}

void register_all() {
  register_line_scan();
  register_source();
  register_mapping();
  register_request_bytes();
  register_answer();
  register_results_log();
  register_governor();
}

void run_all(const std::string& pattern, unsigned runs, std::vector<Subject>& subjects) {
  std::vector<std::string> words{"payferry-bench", "--benchmark_min_time=0.2",
                                 "--benchmark_repetitions=" + std::to_string(runs)};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  Gatherer gatherer(subjects);
  benchmark::RunSpecifiedBenchmarks(&gatherer, pattern.empty() ? "." : pattern);
  benchmark::Shutdown();
}

}  // namespace

Pass::Pass(benchmark::State& state) : state_(state), allocations_before_(allocation_count()) {}

Pass::~Pass() {
  state_.counters[kAllocations] = static_cast<double>(allocation_count() - allocations_before_);
  state_.counters[kRecords] = static_cast<double>(records_);
  state_.counters[kBytes] = static_cast<double>(bytes_);
}

void Pass::did(std::uint64_t records, std::uint64_t bytes) {
  records_ += records;
  bytes_ += bytes;
}

Section measure_micro(const std::string& pattern, unsigned runs) {
  constexpr double kGoalOfCsv = 250;
  constexpr double kGoalOfNdjson = 150;
  Section section("parts, one thread, from memory");
  register_all();
  run_all(pattern, runs, section.subjects);
  note_ratio(section, "CSV", kGoalOfCsv);
  note_ratio(section, "NDJSON", kGoalOfNdjson);
  return section;
}

}  // namespace payferry::bench

#include "bench/micro/micro.hpp"
#include "bench/micro/workload.hpp"
#include "model/outcome.hpp"

namespace payferry::bench {

namespace {

constexpr Instant kNow{std::chrono::seconds(1'800'000'000)};

Outcome created(RecordNumber record) {
  Outcome outcome;
  outcome.record = record;
  outcome.status = OutcomeStatus::created;
  outcome.id = "383552769679";
  outcome.attempts = 1;
  outcome.http = 201;
  return outcome;
}

void write_outcome_lines(benchmark::State& state) {
  const Batch batch = first_batch();
  std::string lines;
  Pass pass(state);
  for (auto _ : state) {
    lines.clear();
    OutcomeLines outcome_lines(lines, kNow);
    for (const BatchEntry& entry : batch.entries()) {
      outcome_lines.append(created(entry.number), {entry.position.line, {}, entry.key});
    }
    benchmark::DoNotOptimize(lines.data());
    pass.did(batch.entries().size(), lines.size());
  }
}

}  // namespace

void register_results_log() {
  benchmark::RegisterBenchmark("results log", write_outcome_lines);
}

}  // namespace payferry::bench

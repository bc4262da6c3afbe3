#include "bench/harness/line_scan.hpp"
#include "bench/micro/micro.hpp"
#include "bench/micro/workload.hpp"

namespace payferry::bench {

namespace {

void scan_lines(benchmark::State& state, GeneratedFormat format) {
  const std::string_view text = payments(format);
  Pass pass(state);
  for (auto _ : state) {
    benchmark::DoNotOptimize(count_lines(text));
    pass.did(kWorkloadRecords, text.size());
  }
}

}  // namespace

void register_line_scan() {
  benchmark::RegisterBenchmark("CSV: line scan", scan_lines, GeneratedFormat::csv);
  benchmark::RegisterBenchmark("NDJSON: line scan", scan_lines, GeneratedFormat::ndjson);
}

}  // namespace payferry::bench

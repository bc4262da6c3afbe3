#include "bench/micro/micro.hpp"
#include "bench/micro/workload.hpp"

namespace payferry::bench {

namespace {

void read_records(benchmark::State& state, GeneratedFormat format) {
  const std::string_view text = payments(format);
  Record record;
  Pass pass(state);
  for (auto _ : state) {
    const auto reader = open_reader(text, format);
    while (reader->next(record)) benchmark::DoNotOptimize(record.cells.data());
    pass.did(record.number.value(), text.size());
  }
}

}  // namespace

void register_source() {
  benchmark::RegisterBenchmark("CSV: reader", read_records, GeneratedFormat::csv);
  benchmark::RegisterBenchmark("NDJSON: reader", read_records, GeneratedFormat::ndjson);
}

}  // namespace payferry::bench

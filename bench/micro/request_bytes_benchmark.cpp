#include "bench/micro/micro.hpp"
#include "bench/micro/workload.hpp"
#include "loader/delivery/intake.hpp"
#include "model/request_body.hpp"

namespace payferry::bench {

namespace {

void encode_batch(benchmark::State& state) {
  const Batch batch = first_batch();
  const auto entries = entries_of(batch);
  std::string body;
  Pass pass(state);
  for (auto _ : state) {
    body.clear();
    append_write_body(body, entries);
    benchmark::DoNotOptimize(body.data());
    pass.did(entries.size(), body.size());
  }
}

/// All that the reading thread does, and the body: from the bytes of the file to those of requests.
void read_to_request_bytes(benchmark::State& state, GeneratedFormat format) {
  const std::string_view text = payments(format);
  std::string body;
  Pass pass(state);
  for (auto _ : state) {
    const auto reader = open_reader(text, format);
    Intake intake(*reader, payment_mapping(format, *reader), {}, ResumeState{});
    while (auto batch = intake.next_batch()) {
      body.clear();
      append_write_body(body, entries_of(*batch));
      benchmark::DoNotOptimize(body.data());
    }
    pass.did(kWorkloadRecords, text.size());
  }
}

}  // namespace

void register_request_bytes() {
  benchmark::RegisterBenchmark("encoder", encode_batch);
  benchmark::RegisterBenchmark("CSV: read to request bytes", read_to_request_bytes,
                               GeneratedFormat::csv);
  benchmark::RegisterBenchmark("NDJSON: read to request bytes", read_to_request_bytes,
                               GeneratedFormat::ndjson);
}

}  // namespace payferry::bench

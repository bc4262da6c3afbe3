#include <deque>

#include "bench/micro/micro.hpp"
#include "bench/micro/workload.hpp"

namespace payferry::bench {

namespace {

constexpr std::uint64_t kRecords = 1000;

/// Records that stay where they are.
struct KeptRecords {
  explicit KeptRecords(RecordReader& reader) {
    Record record;
    while (records.size() < kRecords && reader.next(record)) {
      auto& texts = cells.emplace_back(record.cells.begin(), record.cells.end());
      auto& kept = views.emplace_back(texts.begin(), texts.end());
      bytes += record.raw.size();
      record.cells = kept;
      record.raw = {};
      records.push_back(record);
    }
  }

  std::deque<std::vector<std::string>> cells;
  std::deque<std::vector<std::string_view>> views;
  std::vector<Record> records;
  std::size_t bytes = 0;
};

void map_records(benchmark::State& state) {
  constexpr auto kFormat = GeneratedFormat::csv;
  const auto reader = open_reader(payments(kFormat), kFormat);
  const Mapping mapping = payment_mapping(kFormat, *reader);
  const KeptRecords kept(*reader);
  std::string input;
  MappedRecord mapped;
  Pass pass(state);
  for (auto _ : state) {
    for (const Record& record : kept.records) {
      input.clear();
      mapping.map(record, input, mapped);
      benchmark::DoNotOptimize(input.data());
    }
    pass.did(kRecords, kept.bytes);
  }
}

}  // namespace

void register_mapping() {
  benchmark::RegisterBenchmark("mapper", map_records);
}

}  // namespace payferry::bench

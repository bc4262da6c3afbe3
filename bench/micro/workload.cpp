#include "bench/micro/workload.hpp"

#include <stdexcept>

#include "bench/harness/payment_file.hpp"
#include "bench/micro/memory_source.hpp"
#include "bench/simulator/core/simulated_hubspot.hpp"
#include "config/load_settings.hpp"
#include "loader/delivery/intake.hpp"
#include "loader/source/csv_reader.hpp"
#include "loader/source/input_detection.hpp"
#include "loader/source/ndjson_reader.hpp"
#include "model/request_body.hpp"

namespace payferry::bench {

namespace {

template <class Expected>
auto value_of(Expected expected, const char* what) {
  if (!expected) throw std::runtime_error(std::string("cannot set up the benchmarks: ") + what);
  return *std::move(expected);
}

std::string config_text(GeneratedFormat format) {
  return "[hubspot]\nid_property = \"hs_external_reference_id\"\n" + payment_properties(format);
}

Settings load(GeneratedFormat format) {
  ConfigSource source;
  source.file_name = "payments.toml";
  source.toml = config_text(format);
  return value_of(load_settings(source), "config");
}

ReadWindow window_of(std::string_view text) {
  ReadWindow window(std::make_unique<MemorySource>(text));
  if (begin_text(window, "payments")) throw std::runtime_error("the payments cannot be read");
  return window;
}

}  // namespace

std::string_view payments(GeneratedFormat format) {
  static const std::string csv = make_payments({.records = kWorkloadRecords});
  static const std::string ndjson =
      make_payments({.records = kWorkloadRecords, .format = GeneratedFormat::ndjson});
  return format == GeneratedFormat::csv ? csv : ndjson;
}

const Settings& payment_settings(GeneratedFormat format) {
  static const Settings csv = load(GeneratedFormat::csv);
  static const Settings ndjson = load(GeneratedFormat::ndjson);
  return format == GeneratedFormat::csv ? csv : ndjson;
}

std::unique_ptr<RecordReader> open_reader(std::string_view text, GeneratedFormat format) {
  ReaderOptions options;
  options.name = "payments";
  if (format == GeneratedFormat::csv)
    return value_of(CsvReader::open(window_of(text), options), "CSV");
  auto paths = Mapping::columns_read(payment_settings(format).mapping);
  return value_of(NdjsonReader::open(window_of(text), options, std::move(paths)), "NDJSON");
}

Mapping payment_mapping(GeneratedFormat format, const RecordReader& reader) {
  return value_of(Mapping::compile(payment_settings(format).mapping, reader.columns()), "mapping");
}

Batch first_batch() {
  constexpr auto kFormat = GeneratedFormat::csv;
  const auto reader = open_reader(payments(kFormat), kFormat);
  Intake intake(*reader, payment_mapping(kFormat, *reader), {}, ResumeState{});
  return *intake.next_batch();
}

std::vector<const BatchEntry*> entries_of(const Batch& batch) {
  std::vector<const BatchEntry*> entries;
  for (const BatchEntry& entry : batch.entries()) entries.push_back(&entry);
  return entries;
}

std::string first_answer() {
  const Batch batch = first_batch();
  std::string body;
  append_write_body(body, entries_of(batch));
  simulator::SimulatedHubSpot hubspot(simulator::SimulatorOptions{});
  simulator::SimulatedRequest request;
  request.method = "POST";
  request.target = "/crm/v3/objects/commerce_payments/batch/create";
  request.authorization = "Bearer bench-token";
  request.body = body;
  const auto reply = hubspot.handle(request, Instant(std::chrono::seconds(1'800'000'000)));
  if (reply.status != 201) throw std::runtime_error("the simulator refused: " + reply.body);
  return reply.body;
}

}  // namespace payferry::bench

#include "bench/compare/peer_inputs.hpp"

#include <stdexcept>

#include "bench/harness/output_file.hpp"
#include "bench/harness/payment_file.hpp"
#include "config/load_settings.hpp"
#include "loader/source/input_set.hpp"
#include "model/mapping.hpp"

namespace payferry::bench {

namespace {

Settings payment_settings() {
  ConfigSource source;
  source.file_name = "payments.toml";
  source.toml = "[hubspot]\nid_property = \"hs_external_reference_id\"\n" +
                payment_properties(GeneratedFormat::ndjson);
  auto settings = load_settings(source);
  if (!settings) throw std::runtime_error(settings.error().to_string());
  return *std::move(settings);
}

}  // namespace

void write_peer_inputs(const std::filesystem::path& path, std::uint64_t records) {
  const std::filesystem::path source = path.string() + ".source.ndjson";
  write_payments(source, {.records = records, .format = GeneratedFormat::ndjson});
  const Settings settings = payment_settings();
  InputRequest request;
  request.paths = {source.string()};
  request.wanted = Mapping::columns_read(settings.mapping);
  const auto inputs = open_inputs(settings.input, request);
  if (!inputs) throw std::runtime_error("the payments cannot be read");
  const auto mapping = Mapping::compile(settings.mapping, (*inputs)->columns());
  if (!mapping) throw std::runtime_error(mapping.error().message);
  OutputFile file(path.string());
  MappedRecord mapped;
  for (Record record; (*inputs)->next(record);) {
    mapping->map(record, file.text(), mapped);
    file.text() += '\n';
    file.write_if_large();
  }
  file.write();
  std::filesystem::remove(source);
}

}  // namespace payferry::bench

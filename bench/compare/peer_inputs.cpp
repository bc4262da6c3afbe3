#include "bench/compare/peer_inputs.hpp"

#include <fstream>
#include <stdexcept>
#include <string_view>

#include "bench/harness/output_file.hpp"
#include "bench/harness/payment_file.hpp"
#include "config/load_settings.hpp"
#include "loader/source/input_set.hpp"
#include "model/batch.hpp"
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

std::string repeatable_body(const ScratchFolder& folder) {
  constexpr std::string_view kUnique = R"("hs_external_reference_id")";
  constexpr std::string_view kRepeatable = R"("hs_shipping_ship_to_name")";
  static_assert(kUnique.size() == kRepeatable.size());
  const std::filesystem::path path = folder.file("repeatable_inputs.ndjson");
  write_peer_inputs(path, kMaxBatchRecords);
  std::string body = R"({"inputs":[)";
  std::ifstream inputs(path);
  for (std::string input; std::getline(inputs, input);) {
    if (body.back() != '[') body += ',';
    body += input.replace(input.find(kUnique), kUnique.size(), kRepeatable);
  }
  return body + "]}";
}

}  // namespace payferry::bench

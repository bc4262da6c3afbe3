#include "bench/harness/payment_file.hpp"

#include "bench/harness/output_file.hpp"

namespace payferry::bench {

namespace {

constexpr const char* kCsvProperties = R"([properties]
hs_external_reference_id = { from = "id" }
hs_initial_amount        = { from = "amount", type = "decimal" }
hs_initiated_date        = { from = "created", type = "datetime" }
hs_currency_code         = { from = "currency" }
hs_latest_status         = { from = "status" }
hs_payment_method_type   = { from = "method" }
hs_customer_email        = { from = "email" }
hs_internal_comment      = { from = "description" }
)";

constexpr const char* kNdjsonProperties = R"([properties]
hs_external_reference_id = { from = "id" }
hs_initial_amount        = { from = "amount.value", type = "decimal" }
hs_initiated_date        = { from = "created", type = "datetime" }
hs_currency_code         = { from = "amount.currency" }
hs_latest_status         = { from = "status" }
hs_payment_method_type   = { from = "method" }
hs_customer_email        = { from = "customer.email" }
hs_internal_comment      = { from = "description" }
)";

/// "…,cell,cell" instead of the line end.
void widen(std::string& row, const std::string& cells) {
  row.pop_back();
  row += cells;
  row += '\n';
}

}  // namespace

std::string ExtraColumns::name(std::size_t number) {
  return "extra_" + std::to_string(number);
}

void write_payments(const std::filesystem::path& path, const GeneratorOptions& options) {
  PaymentGenerator generator(options);
  OutputFile file(path.string());
  generator.append_head(file.text());
  for (std::uint64_t record = 0; record < options.records; ++record) {
    generator.append_next(file.text());
    file.write_if_large();
  }
  file.write();
}

void write_wide_payments(const std::filesystem::path& path, const GeneratorOptions& options,
                         const ExtraColumns& extra) {
  PaymentGenerator generator(options);
  OutputFile file(path.string());
  std::string names;
  std::string cells;
  for (std::size_t column = 1; column <= extra.count; ++column) {
    names += "," + ExtraColumns::name(column);
    cells += "," + std::string(extra.bytes, 'x');
  }
  std::string row;
  generator.append_head(row);
  widen(row, names);
  file.text() += row;
  for (std::uint64_t record = 0; record < options.records; ++record) {
    row.clear();
    generator.append_next(row);
    widen(row, cells);
    file.text() += row;
    file.write_if_large();
  }
  file.write();
}

std::string make_payments(const GeneratorOptions& options) {
  PaymentGenerator generator(options);
  std::string text;
  generator.append_head(text);
  for (std::uint64_t record = 0; record < options.records; ++record) generator.append_next(text);
  return text;
}

std::string payment_properties(GeneratedFormat format) {
  return format == GeneratedFormat::csv ? kCsvProperties : kNdjsonProperties;
}

std::string extra_properties(const ExtraColumns& extra) {
  std::string lines;
  for (std::size_t column = 1; column <= extra.count; ++column) {
    const std::string name = ExtraColumns::name(column);
    lines += name + " = { from = \"" + name + "\" }\n";
  }
  return lines;
}

}  // namespace payferry::bench

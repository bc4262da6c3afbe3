#include "bench/harness/payment_file.hpp"

#include <gtest/gtest.h>

#include "bench/harness/line_scan.hpp"
#include "bench/harness/scratch_folder.hpp"
#include "config/load_settings.hpp"
#include "model/mapping.hpp"

namespace payferry::bench {
namespace {

TEST(PaymentFile, HoldsTheSameOnDiskAndInMemory) {
  const ScratchFolder folder;
  for (const auto format : {GeneratedFormat::csv, GeneratedFormat::ndjson}) {
    const GeneratorOptions options{.records = 20, .format = format};
    write_payments(folder.file("payments"), options);
    EXPECT_EQ(read_file(folder.file("payments")), make_payments(options));
  }
}

TEST(PaymentFile, GetsMoreColumns) {
  const ScratchFolder folder;
  const auto path = folder.file("payments.csv");
  write_wide_payments(path, {.records = 1}, {.count = 2, .bytes = 3});
  const std::string text = read_file(path);
  EXPECT_TRUE(text.ends_with(",xxx,xxx\n")) << text;
  const std::string head = text.substr(0, text.find('\n'));
  EXPECT_TRUE(head.ends_with(",reference,extra_1,extra_2")) << head;
  write_wide_payments(path, {.records = 5}, {});
  EXPECT_EQ(read_file(path), make_payments({.records = 5}));
}

TEST(PaymentFile, IsMappedByItsConfig) {
  for (const auto format : {GeneratedFormat::csv, GeneratedFormat::ndjson}) {
    ConfigSource source;
    source.toml = "[hubspot]\nid_property = \"hs_external_reference_id\"\n" +
                  payment_properties(format) + extra_properties({.count = 2, .bytes = 1});
    const auto settings = load_settings(source);
    ASSERT_TRUE(settings) << settings.error().to_string();
    EXPECT_EQ(settings->mapping.properties.size(), 10U);
  }
}

TEST(LineScan, CountsLines) {
  EXPECT_EQ(count_lines(""), 0U);
  EXPECT_EQ(count_lines("a\n\nb\n"), 3U);
  EXPECT_EQ(count_lines("a\nb"), 2U);
}

}  // namespace
}  // namespace payferry::bench

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "bench/allocations/allocation_count.hpp"
#include "loader/source/input_set.hpp"
#include "temp_directory.hpp"

namespace payferry {
namespace {

/// Allocations while the second half of the records is read.
std::uint64_t allocations_of_second_half(const std::string& path, std::size_t records,
                                         InputEncoding encoding) {
  InputSettings settings;
  settings.encoding = encoding;
  InputRequest request;
  request.paths = {path};
  request.wanted = {"id", "amount", "note"};
  auto inputs = open_inputs(settings, request);
  if (!inputs) throw std::runtime_error(inputs.error().message);
  Record record;
  std::uint64_t before = 0;
  std::size_t count = 0;
  while ((*inputs)->next(record)) {
    if (record.error) throw std::runtime_error(record.error->message);
    if (++count == records / 2) before = bench::allocation_count();
  }
  EXPECT_EQ(count, records);
  return bench::allocation_count() - before;
}

TEST(SteadyState, AllocatesNothingPerCsvRecord) {
  if (!bench::kCountsAllocations) GTEST_SKIP() << "the sanitizer has its own allocations";
  const TempDirectory directory;
  std::string text = "id,amount,note\n";
  for (int i = 0; i < 20'000; ++i)
    text +=
        "1,12.50,plain text\n2,\"1,250.00\",\"a \"\"quoted\"\" note\nof lines\"\n3,0,caf\xC3\xA9\n";
  EXPECT_EQ(allocations_of_second_half(directory.write("p.csv", text), 60'000, InputEncoding::utf8),
            0U);
  EXPECT_EQ(allocations_of_second_half(directory.file("p.csv"), 60'000, InputEncoding::latin1), 0U);
}

TEST(SteadyState, AllocatesNothingPerNdjsonRecord) {
  if (!bench::kCountsAllocations) GTEST_SKIP() << "the sanitizer has its own allocations";
  const TempDirectory directory;
  std::string text;
  for (int i = 0; i < 20'000; ++i) {
    text +=
        "{\"id\":1,\"amount\":12.50,\"note\":\"caf\\u00e9\",\"more\":[{\"x\":1},2,\"\\n\"]}\n{"
        "\"id\":2,\"note\":\"caf\xC3\xA9\"}\n";
  }
  EXPECT_EQ(
      allocations_of_second_half(directory.write("p.ndjson", text), 40'000, InputEncoding::utf8),
      0U);
  EXPECT_EQ(allocations_of_second_half(directory.file("p.ndjson"), 40'000, InputEncoding::latin1),
            0U);
}

}  // namespace
}  // namespace payferry

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <string>

#include "loader/source/input_set.hpp"
#include "temp_directory.hpp"

namespace {

std::atomic<std::size_t> allocations{0};

}  // namespace

// Counts every allocation of this test binary.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* const block = std::malloc(size)) return block;
  throw std::bad_alloc();
}
void operator delete(void* block) noexcept {
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
  std::free(block);
}

namespace payferry {
namespace {

/// Allocations while the second half of the records is read.
std::size_t allocations_of_second_half(const std::string& path, std::size_t records,
                                       InputEncoding encoding) {
  InputSettings settings;
  settings.encoding = encoding;
  InputRequest request;
  request.paths = {path};
  request.wanted = {"id", "amount", "note"};
  auto inputs = open_inputs(settings, request);
  if (!inputs) throw std::runtime_error(inputs.error().message);
  Record record;
  std::size_t before = 0;
  std::size_t count = 0;
  while ((*inputs)->next(record)) {
    if (record.error) throw std::runtime_error(record.error->message);
    if (++count == records / 2) before = allocations;
  }
  EXPECT_EQ(count, records);
  return allocations - before;
}

TEST(SteadyState, AllocatesNothingPerCsvRecord) {
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

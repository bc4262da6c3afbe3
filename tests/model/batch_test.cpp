#include "model/batch.hpp"

#include <gtest/gtest.h>

#include <string>

namespace payferry {
namespace {

BatchEntry entry_with(std::string_view key, std::string_view raw) {
  BatchEntry entry;
  entry.key = key;
  entry.input = "{}";
  entry.raw = raw;
  return entry;
}

/// With rows that share a block, and with one that begins a block of its own.
TEST(Batch, AnEntryThatIsTakenBackLeavesItsRoomToTheNext) {
  for (const std::size_t row : {10U, 100'000U}) {
    const std::string raw(row, 'r');
    Batch batch(BatchNumber(1));
    batch.add(entry_with("a", "first"));
    batch.add(entry_with("b", raw));
    batch.add_target(0, "target");
    const char* const room = batch.entries()[1].key.data();

    batch.take_back_entry();
    ASSERT_EQ(batch.entries().size(), 1U);
    EXPECT_EQ(batch.input_bytes(), 2U);
    EXPECT_TRUE(batch.targets().empty());
    EXPECT_EQ(batch.entries()[0].key, "a");
    EXPECT_EQ(batch.entries()[0].raw, "first");

    batch.add(entry_with("c", raw));
    EXPECT_EQ(batch.entries()[1].key.data(), room);
    EXPECT_EQ(batch.entries()[1].key, "c");
    EXPECT_EQ(batch.entries()[1].raw, raw);
    EXPECT_EQ(batch.entries()[0].raw, "first");
  }
}

}  // namespace
}  // namespace payferry

#include "model/batch.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/request_body.hpp"

namespace payferry {
namespace {

BatchEntry entry_with(std::string_view key, std::string_view raw) {
  BatchEntry entry;
  entry.key = key;
  entry.input = "{}";
  entry.raw = raw;
  return entry;
}

std::string written(const Batch& batch) {
  std::vector<const BatchEntry*> entries;
  for (const BatchEntry& entry : batch.entries()) entries.push_back(&entry);
  std::string body;
  append_write_body(body, entries);
  return body;
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
    EXPECT_EQ(batch.row_bytes(), 5U);
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

TEST(Batch, ItsBodyIsWhatIsWrittenOfItsEntries) {
  Batch batch(BatchNumber(1));
  EXPECT_EQ(batch.body(), std::nullopt);
  std::vector<std::string> inputs;
  // The first is short, so that the body has to move while it grows.
  for (std::size_t i = 0; i < 200; ++i) {
    BatchEntry entry = entry_with("key", "raw");
    const std::string input = "{\"a\":\"" + std::string(i * i, 'x') + "\"}";
    entry.input = inputs.emplace_back(input);
    batch.add(entry);
    ASSERT_EQ(batch.body(), written(batch)) << i;
  }
  const Batch moved = std::move(batch);
  for (std::size_t i = 0; i < inputs.size(); ++i) ASSERT_EQ(moved.entries()[i].input, inputs[i]);
  EXPECT_EQ(moved.body(), written(moved));
}

TEST(Batch, AnEntryThatIsTakenBackIsNotInItsBody) {
  Batch batch(BatchNumber(1));
  batch.add(entry_with("a", "raw"));
  batch.take_back_entry();
  EXPECT_EQ(batch.body(), std::nullopt);
  batch.add(entry_with("b", "raw"));
  EXPECT_EQ(batch.body(), R"({"inputs":[{}]})");
  batch.add(entry_with("c", "raw"));
  batch.take_back_entry();
  EXPECT_EQ(batch.body(), R"({"inputs":[{}]})");
  batch.add(entry_with("d", "raw"));
  EXPECT_EQ(batch.body(), R"({"inputs":[{},{}]})");
}

TEST(Batch, CountsTheRowsOfRecordsOfEveryKind) {
  Batch batch(BatchNumber(1));
  batch.add(entry_with("a", "12345"));
  RefusedEntry refused;
  refused.raw = "123";
  batch.add(std::move(refused));
  SettledEntry settled;
  settled.raw = "12";
  batch.add(std::move(settled));
  EXPECT_EQ(batch.row_bytes(), 10U);
  EXPECT_EQ(batch.bytes(), 12U);
}

TEST(Batch, HasNoBodyOnceAnInputLacksItsAssociations) {
  Batch batch(BatchNumber(1));
  batch.add(entry_with("a", "raw"));
  batch.set_associations(0, "");
  EXPECT_TRUE(batch.body());
  batch.set_associations(0, R"({"to":{"id":"5"}})");
  EXPECT_EQ(batch.body(), std::nullopt);

  Batch added(BatchNumber(2));
  BatchEntry entry = entry_with("a", "raw");
  entry.associations = R"({"to":{"id":"5"}})";
  added.add(entry);
  EXPECT_EQ(added.body(), std::nullopt);
}

}  // namespace
}  // namespace payferry

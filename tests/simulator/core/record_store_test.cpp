#include "bench/simulator/core/record_store.hpp"

#include <gtest/gtest.h>

namespace payferry::simulator {
namespace {

class RecordStoreTest : public ::testing::Test {
 protected:
  RecordStoreTest() : store_(type_, 1000) {
    key_ = type_.add({.name = "key", .unique = true});
    note_ = type_.add({.name = "note"});
  }
  Record& create(std::string_view key, std::string_view note, bool keep_all = true) {
    const PropertyValue values[] = {{key_, key}, {note_, note}};
    return store_.create(store_.take_id(random_), values, Instant{}, 1, keep_all);
  }
  ObjectType type_{"things", "2-1", "THING", "things"};
  RecordStore store_;
  Random random_{1};
  PropertyIndex key_ = 0;
  PropertyIndex note_ = 0;
};

TEST_F(RecordStoreTest, FindsByIdAndByUniqueValue) {
  Record& record = create("a", "first");
  EXPECT_EQ(store_.find(record.id), &record);
  EXPECT_EQ(store_.find(std::to_string(record.id)), &record);
  EXPECT_EQ(store_.find_unique(key_, "a"), &record);
  EXPECT_EQ(store_.find_unique(key_, "b"), nullptr);
  EXPECT_EQ(store_.find(std::string_view("12x")), nullptr);
  EXPECT_EQ(store_.find(std::string_view("")), nullptr);
}

TEST_F(RecordStoreTest, ValuesOutliveWhereTheyCameFrom) {
  std::string passing(1000, 'x');
  Record& record = create("a", passing);
  passing.assign(1000, 'y');
  EXPECT_EQ(record.properties.find(note_), std::string(1000, 'x'));
}

TEST_F(RecordStoreTest, AnUpdateReplacesAddsAndClears) {
  Record& record = create("a", "first");
  const PropertyValue change[] = {{note_, ""}};
  store_.update(record, change, Instant(std::chrono::seconds(5)), true);
  EXPECT_EQ(record.properties.find(note_), std::nullopt);
  EXPECT_EQ(record.properties.find(key_), "a");
  EXPECT_EQ(record.updated_at, Instant(std::chrono::seconds(5)));
  EXPECT_EQ(record.created_at, Instant{});
  EXPECT_EQ(store_.find_unique(key_, "a"), &record);
}

TEST_F(RecordStoreTest, ArchivingCountsOnceAndFreesTheKey) {
  Record& record = create("a", "first");
  EXPECT_EQ(store_.live(), 1U);
  store_.archive(record, false);
  store_.archive(record, false);
  EXPECT_EQ(store_.live(), 0U);
  EXPECT_EQ(store_.find_unique(key_, "a"), nullptr);
  Record& second = create("a", "second");
  EXPECT_EQ(store_.find_unique(key_, "a"), &second);
}

TEST_F(RecordStoreTest, KeepingOnlyKeysForgetsTheRest) {
  Record& record = create("a", "first", false);
  EXPECT_EQ(record.properties.unpack().size(), 1U);
  EXPECT_EQ(store_.find_unique(key_, "a"), &record);
}

TEST_F(RecordStoreTest, IdsGrowAndNeverRepeat) {
  std::uint64_t last = 1000;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t id = store_.take_id(random_);
    EXPECT_GT(id, last);
    last = id;
  }
}

}  // namespace
}  // namespace payferry::simulator

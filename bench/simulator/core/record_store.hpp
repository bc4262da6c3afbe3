#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "bench/simulator/core/arena.hpp"
#include "bench/simulator/core/object_type.hpp"
#include "bench/simulator/core/random.hpp"
#include "model/instant.hpp"

namespace payferry::simulator {

/// A property and its value, as a view.
struct PropertyValue {
  PropertyIndex property = 0;
  std::string_view value;
};

/// The properties of a record, packed in one piece of an arena's memory.
class PackedProperties {
 public:
  PackedProperties() = default;
  static PackedProperties pack(Arena& arena, std::span<const PropertyValue> values);

  std::vector<PropertyValue> unpack() const;
  std::optional<std::string_view> find(PropertyIndex property) const;

 private:
  explicit PackedProperties(std::string_view bytes) : bytes_(bytes) {}
  std::string_view bytes_;
};

struct Record {
  std::uint64_t id = 0;
  std::uint64_t created_by = 0;  ///< number of the request
  Instant created_at{};
  Instant updated_at{};
  bool archived = false;
  PackedProperties properties;
};

/// The records of one object type, with the indexes that HubSpot has: by id and by each unique
/// property.
class RecordStore {
 public:
  RecordStore(const ObjectType& type, std::uint64_t first_id) : type_(type), next_id_(first_id) {}

  /// An id that no record has: ids grow by irregular steps, as HubSpot's do.
  std::uint64_t take_id(Random& random) { return next_id_ += 1 + random.below(4096); }

  /// `values` are of unique properties (indexed) and others. No unique value may be held.
  Record& create(std::uint64_t id, std::span<const PropertyValue> values, Instant now,
                 std::uint64_t request, bool keep_all);
  /// Puts `values` over what the record has; an empty value clears.
  void update(Record& record, std::span<const PropertyValue> values, Instant now, bool keep_all);
  void archive(Record& record, bool keep_unique);

  Record* find(std::uint64_t id);
  Record* find(std::string_view id);
  /// The record that holds the value, archived or not.
  Record* find_unique(PropertyIndex property, std::string_view value);

  const std::deque<Record>& records() const { return records_; }
  std::deque<Record>& records() { return records_; }
  std::size_t live() const { return live_; }

 private:
  using UniqueIndex = TextMap<Record*>;

  PackedProperties pack(std::span<const PropertyValue> values, bool keep_all);
  void index_unique(Record& record);
  void forget_unique(Record& record);

  const ObjectType& type_;
  Arena arena_;
  std::deque<Record> records_;  ///< a deque, so that pointers hold
  boost::unordered_flat_map<std::uint64_t, Record*> by_id_;
  boost::unordered_flat_map<PropertyIndex, UniqueIndex> unique_;
  std::uint64_t next_id_;
  std::size_t live_ = 0;
};

}  // namespace payferry::simulator

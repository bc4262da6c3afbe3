#include "bench/simulator/core/record_store.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace payferry::simulator {

namespace {

struct PackedHead {
  PropertyIndex property;
  std::uint32_t size;
};

PackedHead read_head(std::string_view bytes) {
  PackedHead head{};
  std::memcpy(&head, bytes.data(), sizeof head);
  return head;
}

void put_over(std::vector<PropertyValue>& values, const PropertyValue& change) {
  const auto same = std::find_if(values.begin(), values.end(), [&](const PropertyValue& value) {
    return value.property == change.property;
  });
  if (same == values.end()) {
    values.push_back(change);
  } else {
    same->value = change.value;
  }
}

}  // namespace

PackedProperties PackedProperties::pack(Arena& arena, std::span<const PropertyValue> values) {
  std::size_t size = 0;
  for (const PropertyValue& value : values) size += sizeof(PackedHead) + value.value.size();
  if (size == 0) return {};
  char* const start = arena.allocate(size);
  char* place = start;
  for (const PropertyValue& value : values) {
    const PackedHead head{value.property, static_cast<std::uint32_t>(value.value.size())};
    std::memcpy(place, &head, sizeof head);
    place += sizeof head;
    place = std::copy(value.value.begin(), value.value.end(), place);
  }
  return PackedProperties({start, size});
}

std::vector<PropertyValue> PackedProperties::unpack() const {
  std::vector<PropertyValue> values;
  for (std::string_view rest = bytes_; !rest.empty();) {
    const PackedHead head = read_head(rest);
    values.push_back({head.property, rest.substr(sizeof head, head.size)});
    rest.remove_prefix(sizeof head + head.size);
  }
  return values;
}

std::optional<std::string_view> PackedProperties::find(PropertyIndex property) const {
  for (std::string_view rest = bytes_; !rest.empty();) {
    const PackedHead head = read_head(rest);
    if (head.property == property) return rest.substr(sizeof head, head.size);
    rest.remove_prefix(sizeof head + head.size);
  }
  return std::nullopt;
}

Record& RecordStore::create(std::uint64_t id, std::span<const PropertyValue> values, Instant now,
                            std::uint64_t request, bool keep_all) {
  Record& record = records_.emplace_back();
  record.id = id;
  record.created_by = request;
  record.created_at = record.updated_at = now;
  record.properties = pack(values, keep_all);
  by_id_.emplace(id, &record);
  index_unique(record);
  ++live_;
  return record;
}

void RecordStore::update(Record& record, std::span<const PropertyValue> values, Instant now,
                         bool keep_all) {
  std::vector<PropertyValue> merged = record.properties.unpack();
  for (const PropertyValue& value : values) put_over(merged, value);
  std::erase_if(merged, [](const PropertyValue& value) { return value.value.empty(); });
  forget_unique(record);
  record.properties = pack(merged, keep_all);
  record.updated_at = now;
  index_unique(record);
}

void RecordStore::archive(Record& record, bool keep_unique) {
  if (record.archived) return;
  record.archived = true;
  if (!keep_unique) forget_unique(record);
  --live_;
}

Record* RecordStore::find(std::uint64_t id) {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

Record* RecordStore::find(std::string_view id) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error != std::errc() || end != id.data() + id.size()) return nullptr;
  return find(number);
}

Record* RecordStore::find_unique(PropertyIndex property, std::string_view value) {
  const auto index = unique_.find(property);
  if (index == unique_.end()) return nullptr;
  const auto found = index->second.find(value);
  return found == index->second.end() ? nullptr : found->second;
}

PackedProperties RecordStore::pack(std::span<const PropertyValue> values, bool keep_all) {
  if (keep_all) return PackedProperties::pack(arena_, values);
  std::vector<PropertyValue> kept;
  for (const PropertyValue& value : values) {
    if (type_.at(value.property).unique) kept.push_back(value);
  }
  return PackedProperties::pack(arena_, kept);
}

void RecordStore::index_unique(Record& record) {
  for (const PropertyIndex property : type_.unique_properties()) {
    const auto value = record.properties.find(property);
    if (value && !value->empty()) unique_[property].emplace(*value, &record);
  }
}

void RecordStore::forget_unique(Record& record) {
  for (const PropertyIndex property : type_.unique_properties()) {
    const auto value = record.properties.find(property);
    if (!value) continue;
    UniqueIndex& index = unique_[property];
    const auto held = index.find(*value);
    if (held != index.end() && held->second == &record) index.erase(held);
  }
}

}  // namespace payferry::simulator

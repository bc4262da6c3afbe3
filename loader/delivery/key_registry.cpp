#include "loader/delivery/key_registry.hpp"

#include <algorithm>
#include <boost/container_hash/hash.hpp>
#include <functional>
#include <utility>

namespace payferry {

namespace {
constexpr std::size_t kFirstSlots = 1024;
constexpr std::uint64_t kMiddle = std::uint64_t{1} << 31;  // of distances, which are never 0
}  // namespace

KeyRegistry::KeyRegistry(std::size_t remembered) : remembered_(remembered) {}

/// Of two independent hashes: that two keys of a run share these 96 bits is as good as impossible,
/// where one hash of 64 bits would refuse a good record once in some thousand runs of a hundred
/// million.
KeyRegistry::Fingerprint KeyRegistry::fingerprint(std::string_view key) {
  return {std::hash<std::string_view>()(key),
          static_cast<std::uint32_t>(boost::hash<std::string_view>()(key))};
}

// A record that is gone on with may have a lower number than the first.
bool KeyRegistry::Generation::can_name(RecordNumber record) const {
  return record.value() + kMiddle > first.value() && record.value() < first.value() + kMiddle;
}

std::uint32_t KeyRegistry::Generation::distance_of(RecordNumber record) const {
  return static_cast<std::uint32_t>(record.value() + kMiddle - first.value());
}

RecordNumber KeyRegistry::Generation::record_of(const Slot& slot) const {
  return RecordNumber(first.value() + slot.distance - kMiddle);
}

/// The memory stays: what was large once will be so again.
void KeyRegistry::Generation::clear(RecordNumber next) {
  std::fill(slots.begin(), slots.end(), Slot());
  used = 0;
  first = next;
}

/// The slot that holds the key, else the free slot where it belongs; nothing only for an empty
/// generation.
KeyRegistry::Slot* KeyRegistry::find(Generation& generation, const Fingerprint& key) {
  if (generation.slots.empty()) return nullptr;
  const std::size_t mask = generation.slots.size() - 1;
  std::size_t at = key.place & mask;
  while (generation.slots[at].distance != 0 &&
         key != Fingerprint{generation.slots[at].place, generation.slots[at].more})
    at = (at + 1) & mask;
  return &generation.slots[at];
}

void KeyRegistry::grow(Generation& generation) {
  Generation larger;
  larger.slots.resize(generation.slots.empty() ? kFirstSlots : generation.slots.size() * 2);
  larger.used = generation.used;
  larger.first = generation.first;
  for (const Slot& slot : generation.slots) {
    if (slot.distance != 0) *find(larger, {slot.place, slot.more}) = slot;
  }
  generation = std::move(larger);
}

void KeyRegistry::start_generation(RecordNumber record) {
  complete_ = complete_ && previous_.used == 0;
  std::swap(previous_, current_);
  current_.clear(record);
}

void KeyRegistry::insert(const Fingerprint& key, RecordNumber record) {
  if (current_.used == 0) current_.first = record;
  if (current_.used == remembered_ || !current_.can_name(record)) start_generation(record);
  // At most half full: the way to a free slot is short.
  if (current_.used * 2 >= current_.slots.size()) grow(current_);
  *find(current_, key) = Slot{key.place, key.more, current_.distance_of(record)};
  ++current_.used;
}

std::optional<RecordNumber> KeyRegistry::claim(std::string_view key, RecordNumber record) {
  const Fingerprint wanted = fingerprint(key);
  for (Generation* generation : {&current_, &previous_}) {
    const Slot* slot = find(*generation, wanted);
    if (slot != nullptr && slot->distance != 0) return generation->record_of(*slot);
  }
  insert(wanted, record);
  return std::nullopt;
}

}  // namespace payferry

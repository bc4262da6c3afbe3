#include "loader/delivery/key_registry.hpp"

#include <boost/container_hash/hash.hpp>
#include <functional>
#include <utility>

namespace payferry {

namespace {
constexpr std::size_t kFirstSlots = 1024;
}

KeyRegistry::KeyRegistry(std::size_t remembered) : remembered_(remembered) {}

/// Two independent hashes: that two keys of a run share both is as good as impossible, where one
/// hash of 64 bits would refuse a good record once in some thousand runs of a hundred million.
KeyRegistry::Fingerprint KeyRegistry::fingerprint(std::string_view key) {
  return {std::hash<std::string_view>()(key), boost::hash<std::string_view>()(key)};
}

/// The slot that holds the key, else the free slot where it belongs; nothing only for an empty
/// generation.
KeyRegistry::Slot* KeyRegistry::find(Generation& generation, const Fingerprint& key) {
  if (generation.slots.empty()) return nullptr;
  const std::size_t mask = generation.slots.size() - 1;
  std::size_t at = key.low & mask;
  while (generation.slots[at].record != RecordNumber() && generation.slots[at].key != key)
    at = (at + 1) & mask;
  return &generation.slots[at];
}

void KeyRegistry::grow(Generation& generation) {
  Generation larger;
  larger.slots.resize(generation.slots.empty() ? kFirstSlots : generation.slots.size() * 2);
  larger.used = generation.used;
  for (const Slot& slot : generation.slots) {
    if (slot.record != RecordNumber()) *find(larger, slot.key) = slot;
  }
  generation = std::move(larger);
}

void KeyRegistry::insert(const Fingerprint& key, RecordNumber record) {
  if (current_.used == remembered_) {
    complete_ = complete_ && previous_.used == 0;
    previous_ = std::exchange(current_, Generation());
  }
  if (current_.used * 16 >= current_.slots.size() * 13) grow(current_);
  *find(current_, key) = Slot{key, record};
  ++current_.used;
}

std::optional<RecordNumber> KeyRegistry::claim(std::string_view key, RecordNumber record) {
  const Fingerprint wanted = fingerprint(key);
  for (Generation* generation : {&current_, &previous_}) {
    const Slot* slot = find(*generation, wanted);
    if (slot != nullptr && slot->record != RecordNumber()) return slot->record;
  }
  insert(wanted, record);
  return std::nullopt;
}

}  // namespace payferry

#include "loader/delivery/key_registry.hpp"

#include <algorithm>
#include <bit>
#include <random>
#include <utility>

#include <xxhash.h>

#include "model/scan_bytes.hpp"

namespace payferry {

namespace {
constexpr std::size_t kFirstPlaces = 1024;
constexpr std::size_t kTagsAtOnce = 16;
using Tags = ScanBytes<kTagsAtOnce>;
constexpr std::uint64_t kMiddle = std::uint64_t{1} << 31;  // of distances
}  // namespace

KeyRegistry::KeyRegistry(std::size_t remembered)
    : remembered_(std::min(remembered, kRemembered)), seed_(std::random_device()()) {}

/// That two keys of a run share these 96 bits is as good as impossible, where 64 bits would refuse
/// a good record once in some thousand runs of a hundred million. Nor can it be brought about,
/// since nobody knows the seed.
KeyRegistry::Fingerprint KeyRegistry::fingerprint(std::string_view key) const {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(key.data(), key.size(), seed_);
  return {hash.low64, static_cast<std::uint32_t>(hash.high64)};
}

// A record that is gone on with may have a lower number than the first.
bool KeyRegistry::Generation::can_name(RecordNumber record) const {
  return record.value() + kMiddle > first.value() && record.value() < first.value() + kMiddle;
}

std::uint32_t KeyRegistry::Generation::distance_of(RecordNumber record) const {
  return static_cast<std::uint32_t>(record.value() + kMiddle - first.value());
}

RecordNumber KeyRegistry::Generation::record_of(const Claim& claim) const {
  return RecordNumber(first.value() + claim.distance - kMiddle);
}

/// Sixteen tags are looked at together: even then a free place is found in one step or two.
bool KeyRegistry::Generation::is_full() const {
  return claims.size() >= table.size() / 16 * 13;
}

/// The memory stays: what was large once will be so again.
void KeyRegistry::Generation::clear(RecordNumber next) {
  std::fill(tags.begin(), tags.end(), '\0');
  claims.clear();
  first = next;
}

/// Of the bits that have no part in the place. Never 0.
char KeyRegistry::tag_of(const Fingerprint& key) {
  return static_cast<char>(0x80 | (key.place >> 57));
}

/// The place in the table that the key has, else the free one where it belongs. There is a table.
std::size_t KeyRegistry::find(const Generation& generation, const Fingerprint& key) {
  const std::size_t mask = generation.table.size() - 1;
  const char wanted = tag_of(key);
  for (std::size_t at = key.place & mask;; at = (at + kTagsAtOnce) & mask) {
    const Tags tags(&generation.tags[at]);
    for (std::uint64_t alike = tags.equal_to(wanted); alike != 0; alike &= alike - 1) {
      const std::size_t place = (at + static_cast<unsigned>(std::countr_zero(alike))) & mask;
      if (!generation.table[place].may_have(key)) continue;
      const Claim& claim = generation.claims[generation.table[place].claim()];
      if (key == Fingerprint{claim.place, claim.more}) return place;
    }
    const std::uint64_t free = tags.equal_to('\0');
    if (free != 0) return (at + static_cast<unsigned>(std::countr_zero(free))) & mask;
  }
}

/// Into the free place of the table that find() gave.
void KeyRegistry::put(Generation& generation, std::uint32_t number, std::size_t at) {
  const Claim& claim = generation.claims[number];
  const Fingerprint key{claim.place, claim.more};
  generation.table[at] = Place(number, key);
  generation.tags[at] = tag_of(key);
  if (at < kTagsAtOnce) generation.tags[generation.table.size() + at] = tag_of(key);
}

void KeyRegistry::grow(Generation& generation) {
  const std::size_t places = std::max(kFirstPlaces, generation.table.size() * 2);
  generation.table.assign(places, Place());
  generation.tags.assign(places + kTagsAtOnce, 0);
  generation.claims.reserve(places / 16 * 13);  // as many as there will be before the next time
  for (std::uint32_t number = 0; number < generation.claims.size(); ++number) {
    const Claim& claim = generation.claims[number];
    put(generation, number, find(generation, {claim.place, claim.more}));
  }
}

void KeyRegistry::start_generation(RecordNumber record) {
  complete_ = complete_ && previous_.claims.empty();
  std::swap(previous_, current_);
  current_.clear(record);
}

/// `free` is the place that find() gave for it, if there was a table.
void KeyRegistry::insert(const Fingerprint& key, RecordNumber record,
                         std::optional<std::size_t> free) {
  if (current_.claims.empty()) current_.first = record;
  if (current_.claims.size() == remembered_ || !current_.can_name(record)) {
    start_generation(record);
    free.reset();
  }
  if (current_.is_full()) {
    grow(current_);
    free.reset();
  }
  const auto number = static_cast<std::uint32_t>(current_.claims.size());
  current_.claims.push_back(Claim{key.place, key.more, current_.distance_of(record)});
  put(current_, number, free ? *free : find(current_, key));
}

KeyRegistry::Fingerprint KeyRegistry::foresee(std::string_view key) const {
  const Fingerprint wanted = fingerprint(key);
  for (const Generation* generation : {&current_, &previous_}) {
    if (generation->claims.empty()) continue;
    const std::size_t mask = generation->table.size() - 1;
    const std::size_t at = wanted.place & mask;
    __builtin_prefetch(&generation->tags[at]);
    __builtin_prefetch(&generation->tags[at + kTagsAtOnce - 1]);
    __builtin_prefetch(&generation->table[at]);
    __builtin_prefetch(&generation->table[(at + kTagsAtOnce - 1) & mask]);
  }
  return wanted;
}

std::optional<RecordNumber> KeyRegistry::claim(const Fingerprint& key, RecordNumber record) {
  std::optional<std::size_t> free;
  for (const Generation* generation : {&previous_, &current_}) {
    if (generation->claims.empty()) continue;
    const std::size_t at = find(*generation, key);
    if (generation->tags[at] != 0)
      return generation->record_of(generation->claims[generation->table[at].claim()]);
    if (generation == &current_) free = at;
  }
  insert(key, record, free);
  return std::nullopt;
}

}  // namespace payferry

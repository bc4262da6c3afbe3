#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/ids.hpp"

namespace payferry {

/// Which record of the source had a key first. Memory is bounded: it remembers at least the last
/// `remembered` keys and at most twice as many (a 96-bit fingerprint each, 22 bytes with room);
/// beyond that HubSpot's own unique index finds a duplicate, and the results log tells whose it is.
class KeyRegistry {
 public:
  static constexpr std::size_t kRemembered = 212'992;

  /// What is kept of a key.
  struct Fingerprint {
    std::uint64_t place = 0;  ///< where the search for it begins
    std::uint32_t more = 0;
    bool operator==(const Fingerprint&) const = default;
  };

  /// Of at most kRemembered keys.
  explicit KeyRegistry(std::size_t remembered = kRemembered);

  /// To be called some time before the key's claim: what that looks at is on its way then.
  Fingerprint foresee(std::string_view key) const;
  /// The record that had this key before, if it is remembered. Else the key is remembered as
  /// `record`'s.
  std::optional<RecordNumber> claim(const Fingerprint& key, RecordNumber record);
  std::optional<RecordNumber> claim(std::string_view key, RecordNumber record) {
    return claim(fingerprint(key), record);
  }
  /// True while no key was forgotten.
  bool is_complete() const { return complete_; }
  /// Keys of records that this registry never saw exist: a run goes on from a checkpoint.
  void set_incomplete() { complete_ = false; }

 private:
  struct Claim {
    std::uint64_t place = 0;
    std::uint32_t more = 0;
    std::uint32_t distance = 0;  ///< of the record from the generation's first
  };
  /// The number of a claim, with some bits of its key: that the key is another one is mostly told
  /// without a look at the claim, which is far away.
  class Place {
   public:
    Place() = default;
    Place(std::uint32_t claim, const Fingerprint& key) : bits_(claim << kKeyBits | bits_of(key)) {}
    std::uint32_t claim() const { return bits_ >> kKeyBits; }
    bool may_have(const Fingerprint& key) const { return (bits_ & kKeyMask) == bits_of(key); }

   private:
    static constexpr unsigned kKeyBits = 14;
    static constexpr std::uint32_t kKeyMask = (1U << kKeyBits) - 1;
    static_assert(kRemembered <= std::size_t{1} << (32 - kKeyBits));
    static std::uint32_t bits_of(const Fingerprint& key) { return key.more & kKeyMask; }

    std::uint32_t bits_ = 0;
  };
  /// Nothing is ever taken out of a generation, it is dropped as a whole. What is looked at and
  /// written in no order is kept small, since the processor's caches hold no more.
  struct Generation {
    std::vector<Claim> claims;  ///< in the order of their claims
    std::vector<Place> table;   ///< by open addressing
    /// A byte of the fingerprint at each place of the table, 0 where it is free, and the first ones
    /// again behind the last. Nearly every key is new, and these few bytes tell so.
    std::vector<char> tags;
    RecordNumber first;

    bool can_name(RecordNumber record) const;
    std::uint32_t distance_of(RecordNumber record) const;
    RecordNumber record_of(const Claim& claim) const;
    bool is_full() const;
    void clear(RecordNumber next);
  };

  Fingerprint fingerprint(std::string_view key) const;
  static char tag_of(const Fingerprint& key);
  static std::size_t find(const Generation& generation, const Fingerprint& key);
  static void put(Generation& generation, std::uint32_t number, std::size_t at);
  static void grow(Generation& generation);
  void insert(const Fingerprint& key, RecordNumber record, std::optional<std::size_t> free);
  void start_generation(RecordNumber record);

  std::size_t remembered_;
  std::uint64_t seed_;
  Generation current_;
  Generation previous_;
  bool complete_ = true;
};

}  // namespace payferry

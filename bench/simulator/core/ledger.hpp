#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/simulator/core/arena.hpp"
#include "bench/simulator/core/record_store.hpp"
#include "model/instant.hpp"

namespace payferry::simulator {

enum class LedgerAction { created, updated, archived, associated };

/// One thing that really happened to one record.
struct LedgerEntry {
  LedgerAction action = LedgerAction::created;
  Instant at{};               ///< HubSpot's clock
  std::uint64_t request = 0;  ///< number of the request that did it, from 1
  const ObjectType* object = nullptr;
  std::uint64_t id = 0;
  /// The record's first unique value, empty without one; of an association "contacts:51:387", its
  /// target and type.
  std::string_view key;
  PackedProperties properties;  ///< as they were after it
};

/// Everything that was ever written, in order: the truth against which a loader's promises are
/// checked.
class Ledger {
 public:
  const std::vector<LedgerEntry>& entries() const { return entries_; }
  void add(const LedgerEntry& entry) { entries_.push_back(entry); }
  /// Keeps a text for an entry's views.
  std::string_view keep(std::string_view text) { return texts_.keep(text); }

  /// One line of JSON for each entry from `first` on:
  /// {"sequence":1,"at":"…","request":1,"action":"created","object":"commerce_payments",
  /// "id":"…","key":"…","properties":{…}}
  void append_ndjson(std::string& out, std::size_t first = 0) const;

 private:
  std::vector<LedgerEntry> entries_;
  Arena texts_;
};

std::string_view name_of(LedgerAction action);

}  // namespace payferry::simulator

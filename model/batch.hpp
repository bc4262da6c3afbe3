#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/currency.hpp"
#include "model/decimal.hpp"
#include "model/ids.hpp"
#include "model/instant.hpp"
#include "model/record.hpp"

namespace payferry {

/// HubSpot takes at most so many inputs in one batch call (contract §1.3).
inline constexpr std::size_t kMaxBatchRecords = 100;

/// A record in a batch, mapped and ready to be sent.
struct BatchEntry {
  RecordNumber number;
  SourcePosition position;
  std::optional<Decimal> amount;
  Currency currency;
  std::string_view key;    ///< value of id_property, empty without one
  std::string_view input;  ///< the input object, as JSON
  std::string_view raw;    ///< the source's own text, for rejects
  /// When this record was first sent, if an earlier attempt's fate is in doubt (a resumed run).
  std::optional<Instant> sent_before;
  std::uint32_t attempts_before = 0;
};

/// A record that payferry refuses itself; it travels with a batch to its outcome line.
struct InvalidEntry {
  RecordNumber number;
  SourcePosition position;
  std::optional<Decimal> amount;
  Currency currency;
  std::string key;
  std::string raw;
  RecordError error;
};

/// Records that are sent together, with all the bytes that they need until their outcomes are written.
/// Move-only: entries are views into the batch's own blocks, which moving does not move.
class Batch {
 public:
  explicit Batch(BatchNumber number) : number_(number) {}
  Batch(Batch&&) noexcept = default;
  Batch& operator=(Batch&&) noexcept = default;

  BatchNumber number() const { return number_; }
  const std::vector<BatchEntry>& entries() const { return entries_; }
  const std::vector<InvalidEntry>& invalid() const { return invalid_; }
  bool empty() const { return entries_.empty() && invalid_.empty(); }
  std::size_t input_bytes() const { return input_bytes_; }

  /// Copies the entry's texts into the batch; the views in `entry` need to hold only for the call.
  void add(const BatchEntry& entry);
  void add(InvalidEntry entry) { invalid_.push_back(std::move(entry)); }

 private:
  std::string_view keep(std::string_view text);

  BatchNumber number_;
  std::vector<BatchEntry> entries_;
  std::vector<InvalidEntry> invalid_;
  std::vector<std::vector<char>> blocks_;  ///< each keeps its capacity, so that views into it hold
  std::size_t input_bytes_ = 0;
};

}  // namespace payferry

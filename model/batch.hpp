#pragma once

#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/byte_block.hpp"
#include "model/currency.hpp"
#include "model/decimal.hpp"
#include "model/ids.hpp"
#include "model/instant.hpp"
#include "model/outcome.hpp"
#include "model/record.hpp"
#include "model/send_time.hpp"

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
  /// Of a create: what stands in the input's list of associations, as JSON; see set_associations.
  std::string_view associations;
  std::string_view raw;                     ///< the source's own text, for rejects
  const RecordInDoubt* in_doubt = nullptr;  ///< null: no earlier process of the run has sent it
};

/// What a record of a batch is to be associated with.
struct AssociationTarget {
  std::size_t entry = 0;   ///< of the batch
  std::size_t rule = 0;    ///< of MappingRules::associations
  std::string_view value;  ///< the other record's id, or what it is looked up by
};

/// A record that payferry refuses itself; it travels with a batch to its outcome line.
struct RefusedEntry {
  RecordNumber number;
  SourcePosition position;
  std::optional<Decimal> amount;
  Currency currency;
  std::string key;
  std::string raw;
  RecordError error;
  /// The record that has this key already: then it is a duplicate in the source, else it is
  /// invalid.
  std::optional<RecordNumber> first_record;
  /// Times that an earlier process of the run has sent it, which did not refuse it: if any, it is
  /// of unknown fate instead.
  std::uint32_t attempts = 0;
};

/// A record whose outcome an earlier process of this run has logged; it only has to be counted
/// again.
struct SettledEntry {
  RecordNumber number;
  std::optional<Decimal> amount;
  Currency currency;
  OutcomeStatus status = OutcomeStatus::unknown;
  std::string raw;      ///< only where the record goes into a file of rejects again
  std::string message;  ///< likewise: the line's message
  bool lacks_association = false;
};

/// A stretch of the source: records that follow each other, with all the bytes that they need until
/// their outcomes are written. Its entries are sent together.
/// Move-only: entries are views into the batch's own blocks, which moving does not move.
class Batch {
 public:
  explicit Batch(BatchNumber number) : number_(number) {}
  Batch(Batch&&) noexcept = default;
  Batch& operator=(Batch&&) noexcept = default;

  BatchNumber number() const { return number_; }
  const std::vector<BatchEntry>& entries() const { return entries_; }
  const std::vector<RefusedEntry>& refused() const { return refused_; }
  const std::vector<SettledEntry>& settled() const { return settled_; }
  /// Records of every kind.
  std::size_t records() const { return entries_.size() + refused_.size() + settled_.size(); }
  std::size_t input_bytes() const { return input_bytes_; }
  /// Of the rows that are kept for the files of rejects.
  std::size_t row_bytes() const { return row_bytes_; }
  std::size_t bytes() const { return input_bytes_ + row_bytes_; }

  /// Copies the entry's texts into the batch, and what it points to; that needs to hold only for
  /// the call.
  void add(const BatchEntry& entry);
  /// The entry that was added last is none of the batch's after all.
  void take_back_entry();
  /// Of the entry that was added last. Copies the text.
  void add_target(std::size_t rule, std::string_view value);
  /// In the order of the entries.
  const std::vector<AssociationTarget>& targets() const { return targets_; }
  /// Copies the text.
  void set_associations(std::size_t entry, std::string_view json);

  /// The request body that writes all entries (contract §1.3), which stands here as the entries
  /// were added; nothing where one has associations, which its input does not hold. Holds until the
  /// next entry is added.
  std::optional<std::string_view> body() const;

  void add(RefusedEntry entry);
  void add(SettledEntry entry);

  /// Where the batch's first record of any kind stands in the source; a resumed run may start
  /// there.
  RecordNumber first_record() const { return first_record_; }
  SourcePosition first_position() const { return first_position_; }
  void set_first(RecordNumber number, SourcePosition position) {
    first_record_ = number;
    first_position_ = position;
  }

  /// What broke in the source before this stretch of it, in sentences; empty where all was whole.
  const std::string& input_broken() const { return input_broken_; }
  void set_input_broken(std::string message) { input_broken_ = std::move(message); }

  /// True while every key of this run's earlier records is known to the duplicate check, so that a
  /// key held by a record in HubSpot can only be held by one that this run did not make from
  /// another row.
  bool keys_complete() const { return keys_complete_; }
  void set_keys_complete(bool complete) { keys_complete_ = complete; }

 private:
  /// How much was kept before the last entry.
  struct Mark {
    std::size_t blocks = 0;
    std::size_t bytes = 0;  ///< of the last one of them
    std::size_t body = 0;
  };

  std::string_view keep(std::string_view text);
  std::string_view append_input(std::string_view input);
  void make_room(std::size_t bytes);
  void set_mark();

  BatchNumber number_;
  std::vector<BatchEntry> entries_;
  std::vector<AssociationTarget> targets_;
  std::vector<RefusedEntry> refused_;
  std::vector<SettledEntry> settled_;
  std::forward_list<RecordInDoubt> in_doubt_;
  std::vector<ByteBlock> blocks_;
  ByteBlock body_;  ///< the inputs in their order; whole after each one
  Mark before_last_;
  bool has_associations_ = false;
  std::size_t input_bytes_ = 0;
  std::size_t row_bytes_ = 0;
  RecordNumber first_record_;
  SourcePosition first_position_;
  std::string input_broken_;
  bool keys_complete_ = true;
};

}  // namespace payferry

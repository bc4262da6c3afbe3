#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "model/currency.hpp"
#include "model/decimal.hpp"
#include "model/mapping_rules.hpp"
#include "model/record.hpp"

namespace payferry {

struct MappingProgram;

/// What is known of a record once it was mapped. Reused from record to record, so that the steady
/// state allocates nothing.
struct MappedRecord {
  std::string key;  ///< value of id_property as it is sent; empty without one
  std::optional<Decimal>
      amount;         ///< of the amount property, even of an invalid record where it can be read
  Currency currency;  ///< of the currency property; XXX where there is none
  /// What it is to be associated with, by index of the association rule: the other record's id, or
  /// the value to look that up by where the rule has `match`; empty where the cell was empty. The
  /// input carries none of them.
  std::vector<std::string> targets;
  std::optional<RecordError> error;  ///< the record is invalid; nothing was appended

  /// Forgets the values and keeps the memory.
  void clear();
};

/// A column that the rules name and the source does not have, or a rule that cannot be compiled.
struct MappingError {
  std::string
      message;  ///< names the property, the column, the nearest column there is, and the remedy
};

/// The rules, compiled against the source's columns: no look-up by name per record.
/// Thread: map() is const and may run on any one thread at a time per MappedRecord.
class Mapping {
 public:
  /// `columns` must hold every column that a rule names, once. Defaults are mapped like cells, or
  /// taken as they are where they are in the wire's form already; constants are taken as they are.
  static tl::expected<Mapping, MappingError> compile(const MappingRules& rules,
                                                     std::span<const std::string> columns);
  Mapping(Mapping&&) noexcept;
  Mapping& operator=(Mapping&&) noexcept;
  ~Mapping();

  /// Appends the record's input object (contract §1.3, §1.5) to `input`:
  /// `{"objectWriteTraceId":"<record number>","properties":{…},"associations":[]}`, for upsert
  /// with `id` and `idProperty` and without associations. An empty cell that is not required sends
  /// no property. An invalid record appends nothing and sets `mapped.error`; key, amount and
  /// currency are still read where they can be. A record that comes with an error keeps it and is
  /// not looked at. What it is to be associated with is in `mapped.targets`.
  void map(const Record& record, std::string& input, MappedRecord& mapped) const;

  /// All that makes the record invalid, where map() stops at the first; empty for one that is not.
  /// For people who mend a file: slow.
  std::vector<RecordError> problems_of(const Record& record) const;

  /// The columns or paths that the rules read, each once, in order of first use. What an NDJSON
  /// reader is to extract, and all that `compile` needs for one.
  static std::vector<std::string> columns_read(const MappingRules& rules);

  /// Of these, the ones whose every use takes digits that look like a card number: as an id, as
  /// what is to be associated, or since the rule allows them. Their cells need no mask anywhere.
  static std::vector<std::string> columns_of_card_like(const MappingRules& rules);

 private:
  explicit Mapping(std::unique_ptr<const MappingProgram> program);
  std::unique_ptr<const MappingProgram> program_;
};

}  // namespace payferry

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/check/problem.hpp"
#include "loader/check/value_check.hpp"
#include "loader/delivery/key_registry.hpp"
#include "loader/source/record_reader.hpp"
#include "model/control_totals.hpp"
#include "model/mapping.hpp"

namespace payferry {

/// What a load would make of the source.
struct SourceFacts {
  std::uint64_t records = 0;
  std::uint64_t invalid = 0;     ///< payferry would not send them
  std::uint64_t duplicates = 0;  ///< have the id of an earlier record; would not be sent
  std::uint64_t unfit = 0;       ///< HubSpot would refuse them
  std::uint64_t batches = 0;     ///< that have something to send
  bool all_keys_compared = true;
  ControlTotals totals;  ///< loaded: what would be sent and taken

  std::uint64_t refused() const { return invalid + duplicates + unfit; }
  std::uint64_t good() const { return records - refused(); }
};

/// Reads the source as a load would and sends nothing. Thread: any one.
class SourceCheck {
 public:
  struct Options {
    std::size_t batch_records = 100;
    std::size_t batch_bytes = 1024 * 1024;
    std::vector<std::string> files;  ///< names of the inputs, for problems
    std::size_t remembered_keys = KeyRegistry::kRemembered;
  };

  /// `mapping`: the rules, compiled. `reader` must outlive this, and `values` too; null where the
  /// account is not known.
  SourceCheck(RecordReader& reader, const MappingRules& rules, Mapping mapping, ValueCheck* values,
              Options options, TakeProblem take_problem);

  /// Looks at the next record; false at the end of the source.
  bool next();

  const SourceFacts& facts() const { return facts_; }

 private:
  /// What a load would have in the batch that it is filling.
  struct OpenBatch {
    std::size_t records = 0;
    std::size_t sent = 0;
    std::size_t bytes = 0;
  };

  bool is_invalid();
  bool is_duplicate();
  bool is_unfit();
  void count(bool sent, bool taken);
  void close_batch();
  void end();
  void report(const RecordError& error);
  std::string value_of(const RecordError& error) const;
  std::string file_of(InputIndex input) const { return options_.files[input.value()]; }

  RecordReader& reader_;
  Mapping mapping_;
  ValueCheck* values_;
  Options options_;
  const bool refuses_duplicates_;
  std::string id_property_;
  TakeProblem take_problem_;
  std::unordered_map<std::string_view, std::size_t> columns_;
  std::string id_column_;
  KeyRegistry keys_;
  SourceFacts facts_;
  OpenBatch batch_;
  bool ended_ = false;

  Record record_;
  MappedRecord mapped_;
  std::string input_;
  std::vector<RecordError> unfit_;
};

}  // namespace payferry

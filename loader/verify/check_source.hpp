#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "loader/source/record_reader.hpp"
#include "loader/verify/check_batch.hpp"
#include "loader/verify/ordered_outcomes.hpp"
#include "model/mapping.hpp"

namespace payferry {

/// Reads the source again beside the results log: each record as it was mapped, and what became of
/// it. A file is read where the network waits, on one thread: what is read back in a second is read
/// here in milliseconds. Thread: any one.
class CheckSource {
 public:
  struct Options {
    std::string id_property;
    std::string run_property;
    std::optional<std::uint64_t> limit;  ///< only so many records of the run
  };

  /// Goes on at `start`. `reader` must outlive this.
  CheckSource(RecordReader& reader, Mapping mapping, OrderedOutcomes outcomes, Options options,
              const CheckPosition& start);

  /// Nothing at the end of the source, or of the results log where the run is not complete.
  std::optional<CheckBatch> next_batch();

  /// The results log has records that the source does not have; once next_batch() has ended.
  bool is_source_short() const { return is_source_short_; }
  /// The source has records that the results log does not have.
  bool is_run_incomplete() const { return is_run_incomplete_; }

 private:
  bool next_record();
  void add(CheckBatch& batch);
  void add_loaded(CheckBatch& batch, LoggedOutcome outcome);
  PropertyList expected(OutcomeStatus status) const;

  RecordReader& reader_;
  Mapping mapping_;
  OrderedOutcomes outcomes_;
  Options options_;
  std::uint64_t last_number_ = 0;
  Record record_;
  MappedRecord mapped_;
  std::string input_;
  bool has_ended_ = false;
  bool is_source_short_ = false;
  bool is_run_incomplete_ = false;
};

}  // namespace payferry

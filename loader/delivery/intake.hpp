#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "config/settings.hpp"
#include "loader/delivery/key_registry.hpp"
#include "loader/run/recovery.hpp"
#include "loader/source/record_reader.hpp"
#include "model/batch.hpp"
#include "model/mapping.hpp"

namespace payferry {

/// Reads, maps and batches: the way of a record up to the moment when it is ready to be sent. A
/// batch is a stretch of the source without gaps, closed at so many records, body bytes or bytes of
/// rows. Thread: any one.
class Intake {
 public:
  struct Options {
    std::size_t batch_records = kMaxBatchRecords;
    std::size_t batch_bytes = 1024 * 1024;
    /// A row is kept until its record's outcome, and may be far longer than what is sent of it.
    std::size_t batch_row_bytes = 1024 * 1024;
    WriteMode write = WriteMode::create;
    std::optional<std::uint64_t> limit;  ///< only so many records of the run
    std::size_t remembered_keys = KeyRegistry::kRemembered;
  };

  /// `reader` must outlive this. Places the reader where `state` says that the run goes on.
  Intake(RecordReader& reader, Mapping mapping, Options options, ResumeState state);

  /// The next batch; nothing at the end of the input.
  std::optional<Batch> next_batch();

  const RecordReader& reader() const { return reader_; }

 private:
  bool next_record();
  std::string broken_before(const SourcePosition& position) const;
  bool is_full(const Batch& batch) const;
  void add(Batch& batch, const Record& record);
  bool add_settled(Batch& batch, const Record& record);
  BatchEntry entry_of(const Record& record) const;
  void add_refused(Batch& batch, const Record& record);
  void add_entry(Batch& batch, const Record& record);
  void claim_last_key(Batch& batch);

  RecordReader& reader_;
  Mapping mapping_;
  Options options_;
  ResumeState state_;
  KeyRegistry keys_;
  BatchNumber last_batch_;
  Record record_;
  MappedRecord mapped_;
  std::string input_;
  /// Of the batch's last entry, whose key may be another record's.
  std::optional<KeyRegistry::Fingerprint> unclaimed_;
};

}  // namespace payferry

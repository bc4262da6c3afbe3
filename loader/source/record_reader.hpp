#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "loader/source/source_break.hpp"
#include "model/record.hpp"

namespace payferry {

/// How far reading has come, in bytes of the files as they are stored (compressed, if they are).
struct ReadProgress {
  std::uint64_t bytes_read = 0;
  std::optional<std::uint64_t> bytes_total;  ///< unknown where an input is a pipe
};

/// Records in the order of the source. A row that cannot be used is a record too: its `error` says
/// why. Thread: any, one at a time.
class RecordReader {
 public:
  virtual ~RecordReader() = default;

  /// The next record; false at the end, for good. The record's views hold until the next call.
  virtual bool next(Record& record) = 0;

  /// What Record::cells holds: the header of a CSV file, the paths asked for of NDJSON.
  virtual const std::vector<std::string>& columns() const = 0;

  /// What broke, in the order of the source; of rows the first of each input. Records may follow: a
  /// place that is one itself is told as soon as that was given, and that an input ends too early
  /// once next() has gone beyond it.
  virtual std::span<const SourceBreak> breaks() const = 0;
  /// The first of them, or null.
  const SourceBreak* broken() const { return breaks().empty() ? nullptr : &breaks().front(); }

  /// Where the record after the last one is looked for. Valid for resume_at.
  virtual SourcePosition position() const = 0;

  /// Goes on at `position`, a record's own or one from position(); the record found there gets
  /// `number`. To be called before the first next(). Failing to get there is told by breaks().
  virtual void resume_at(SourcePosition position, RecordNumber number) = 0;

  virtual ReadProgress progress() const = 0;
};

}  // namespace payferry

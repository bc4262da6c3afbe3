#pragma once

#include <chrono>
#include <cstdint>

#include "config/command_line.hpp"
#include "loader/commands/status_line.hpp"
#include "loader/source/record_reader.hpp"

namespace payferry {

/// Shows how far a file has been read: a live line on a terminal, now and then a plain one
/// elsewhere, or nothing. Writes to standard error.
class ReadingDisplay {
 public:
  explicit ReadingDisplay(ProgressMode mode);
  ~ReadingDisplay() { finish(); }
  ReadingDisplay(const ReadingDisplay&) = delete;
  ReadingDisplay& operator=(const ReadingDisplay&) = delete;

  /// To be called for every record: cheap until it is time to show something.
  void read(std::uint64_t records, const RecordReader& reader) {
    if (records % kLookEvery == 0 && status_.is_wanted()) look(records, reader);
  }
  /// Leaves the terminal as it is to be found.
  void finish() { status_.finish(); }

 private:
  static constexpr std::uint64_t kLookEvery = 1024;

  void look(std::uint64_t records, const RecordReader& reader);

  StatusLine status_;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace payferry

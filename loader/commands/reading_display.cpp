#include "loader/commands/reading_display.hpp"

#include <string>

#include "model/counted.hpp"

namespace payferry {

namespace {

std::string line_of(std::uint64_t records, const ReadProgress& progress) {
  std::string line = counted(records, "record") + " read";
  if (progress.bytes_total && *progress.bytes_total > 0)
    line += " (" + std::to_string(progress.bytes_read * 100 / *progress.bytes_total) + "%)";
  return line;
}

}  // namespace

ReadingDisplay::ReadingDisplay(ProgressMode mode)
    : status_(mode), next_(std::chrono::steady_clock::now() + status_.period()) {}

void ReadingDisplay::look(std::uint64_t records, const RecordReader& reader) {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + status_.period();
  status_.show(line_of(records, reader.progress()));
}

}  // namespace payferry

#include "loader/commands/reading_display.hpp"

#include <unistd.h>

#include <iostream>
#include <string>

#include "loader/report/progress_line.hpp"

namespace payferry {

using namespace std::chrono_literals;

namespace {

ProgressMode decide(ProgressMode asked) {
  if (asked != ProgressMode::automatic) return asked;
  return ::isatty(STDERR_FILENO) == 1 ? ProgressMode::bar : ProgressMode::plain;
}

std::chrono::steady_clock::duration period_of(ProgressMode mode) {
  return mode == ProgressMode::bar ? std::chrono::steady_clock::duration(200ms) : 10s;
}

std::string line_of(std::uint64_t records, const ReadProgress& progress) {
  std::string line = with_thousands(records) + " records read";
  if (progress.bytes_total && *progress.bytes_total > 0)
    line += " (" + std::to_string(progress.bytes_read * 100 / *progress.bytes_total) + "%)";
  return line;
}

}  // namespace

ReadingDisplay::ReadingDisplay(ProgressMode mode)
    : mode_(decide(mode)), next_(std::chrono::steady_clock::now() + period_of(mode_)) {}

void ReadingDisplay::look(std::uint64_t records, const RecordReader& reader) {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + period_of(mode_);
  const std::string line = line_of(records, reader.progress());
  line_stands_ = mode_ == ProgressMode::bar;
  if (line_stands_) {
    std::cerr << '\r' << line << "\x1b[K" << std::flush;
  } else {
    std::cerr << line << '\n' << std::flush;
  }
}

void ReadingDisplay::finish() {
  if (line_stands_) std::cerr << "\r\x1b[K" << std::flush;
  line_stands_ = false;
}

}  // namespace payferry

#include "loader/source/text_reader.hpp"

#include <algorithm>
#include <utility>

#include "loader/source/text_scan.hpp"
#include "loader/source/utf8.hpp"

namespace payferry {

namespace {
constexpr std::size_t kKeptBytesOfLongRecord = 4096;
constexpr std::size_t kLongestCharacter = 4;
}  // namespace

TextReader::TextReader(ReadWindow window, ReaderOptions options)
    : window_(std::move(window)), options_(std::move(options)) {}

void TextReader::resume_at(SourcePosition position, RecordNumber number) {
  next_number_ = number;
  // A place before the first record, such as the file's beginning, is where the reader stands
  // already.
  if (position.offset < window_.offset()) return;
  line_ = position.line;
  window_.skip_to(position.offset);
}

ReadProgress TextReader::progress() const {
  return {window_.source().stored_bytes_read(), window_.source().stored_bytes()};
}

bool TextReader::find_record() {
  std::size_t at = 0;
  for (;;) {
    const std::string_view held = window_.held();
    while (at < held.size() && at <= options_.max_record_bytes && is_blank(held[at])) ++at;
    if (at > options_.max_record_bytes) return true;  // too long, whatever follows
    if (at == held.size()) {
      if (window_.fill()) continue;
      break_off();
      return false;
    }
    if (held[at] != '\n' && held[at] != '\r') return true;
    consume(at + line_end_bytes(at), 1);
    at = 0;
  }
}

bool TextReader::is_blank(char byte) const {
  return byte == ' ' || (byte == '\t' && options_.delimiter != '\t');
}

/// Length of the line end at `at` of the window; looks for the LF after a CR.
std::size_t TextReader::line_end_bytes(std::size_t at) {
  if (window_.held()[at] == '\n') return 1;
  if (window_.held().size() == at + 1) window_.fill();
  const std::string_view held = window_.held();
  return at + 1 < held.size() && held[at + 1] == '\n' ? 2 : 1;
}

auto TextReader::find_line() -> tl::expected<Line, LineFault> {
  std::size_t searched = 0;
  for (;;) {
    const std::string_view scope = record_scope();
    const std::size_t end = searched + find_line_end(scope.substr(searched));
    const bool found = end < scope.size();
    if (!found && !record_scope_is_full()) {
      searched = end;
      if (window_.fill()) continue;
      if (window_.failure()) return tl::unexpected(LineFault::cut_off);
    }
    if (end > options_.max_record_bytes) return tl::unexpected(LineFault::too_long);
    return Line{end, end + (found ? line_end_bytes(end) : 0)};
  }
}

void TextReader::begin_record(Record& record) {
  record.number = next_number_;
  record.position = position();
  next_number_ = next_number_.next();
}

void TextReader::consume(std::size_t bytes, std::uint64_t lines) {
  window_.consume(bytes);
  line_ = LineNumber(line_.value() + lines);
}

void TextReader::refuse(Record& record, std::string code, std::string message, std::string column) {
  record.error = RecordError{std::move(code), {}, std::move(column), std::move(message)};
}

void TextReader::begin_long_record(Record& record) {
  begin_record(record);
  keep_beginning();
  record.cells = {};
  record.with_exponent = {};
}

void TextReader::refuse_too_long(Record& record) const {
  refuse(record, "RECORD_TOO_LONG",
         "the record is longer than the " + std::to_string(options_.max_record_bytes) +
             " bytes that input.max_record_bytes allows; raise it or shorten the record");
}

void TextReader::keep_beginning() {
  kept_raw_ = window_.held().substr(0, std::min(kKeptBytesOfLongRecord, options_.max_record_bytes));
  const auto bad = find_invalid_utf8(kept_raw_);
  const bool cut_in_character = bad && kept_raw_.size() - *bad < kLongestCharacter;
  if (cut_in_character && options_.encoding == InputEncoding::utf8) kept_raw_.resize(*bad);
}

void TextReader::skip_line() {
  for (;;) {
    const std::size_t held = window_.held().size();
    const std::size_t end = find_line_end(window_.held());
    if (end < held) return consume(end + line_end_bytes(end), 1);
    window_.consume(held);
    if (!window_.fill()) return;
  }
}

void TextReader::break_off() {
  const bool is_told = !breaks_.empty() && !breaks_.back().is_row;
  if (!window_.failure() || is_told) return;
  breaks_.push_back(
      {position(), options_.name + " breaks off in line " + std::to_string(line_.value()) + ": " +
                       window_.failure()->message + "; what stands before that line is used, " +
                       window_.failure()->remedy});
  window_.consume(window_.held().size());
}

void TextReader::note_broken_row(SourcePosition place, std::string message) {
  if (breaks_.empty()) breaks_.push_back({place, std::move(message), true});
}

}  // namespace payferry

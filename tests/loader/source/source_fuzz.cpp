#include "source_fuzz.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "loader/source/csv_reader.hpp"
#include "loader/source/input_detection.hpp"
#include "loader/source/ndjson_reader.hpp"
#include "memory_byte_source.hpp"
#include "model/reject_marks.hpp"
#include "read_all.hpp"

namespace payferry {
namespace {

/// How a file is read.
struct Way {
  InputFormat format = InputFormat::csv;
  InputEncoding encoding = InputEncoding::utf8;
  std::size_t max_record_bytes = 0;
};

struct Read {
  std::vector<ReadRecord> records;
  std::string broken;

  bool operator==(const Read&) const = default;
};

void require(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

std::unique_ptr<TextReader> open(std::string_view bytes, std::size_t step, const Way& way) {
  ReadWindow window(std::make_unique<MemoryByteSource>(std::string(bytes), step), step);
  if (begin_text(window, "fuzz")) return nullptr;
  const ReaderOptions options{"fuzz", InputIndex(0), ',', way.encoding, way.max_record_bytes};
  if (way.format == InputFormat::ndjson) {
    auto reader = NdjsonReader::open(std::move(window), options, {"a", "a.b", "c.0"});
    return reader ? std::move(*reader) : nullptr;
  }
  auto reader = CsvReader::open(std::move(window), options);
  return reader ? std::move(*reader) : nullptr;
}

Read read(RecordReader& reader) {
  Read all;
  all.records = read_all(reader);
  if (reader.broken()) all.broken = reader.broken()->message;
  return all;
}

/// The line in which `offset` lies.
std::size_t line_at(std::string_view bytes, std::size_t offset) {
  std::size_t line = 1;
  for (std::size_t at = 0; at < offset; ++at) {
    if (bytes[at] == '\n' ||
        (bytes[at] == '\r' && (at + 1 == bytes.size() || bytes[at + 1] != '\n')))
      ++line;
  }
  return line;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == text.npos;
}

/// What stands in the source, from the record's place on, of its text: of one that was cut, what
/// stands before the mark and its quotes. The source may hold a mark as well.
std::string_view kept_of(const ReadRecord& record, std::string_view source) {
  std::string_view raw = record.raw;
  const auto mark = raw.find(kCutMark);
  if (mark == raw.npos || source.starts_with(raw)) return raw;
  raw = raw.substr(0, mark);
  const bool is_written_anew = raw.starts_with('"') && raw.find("\"\"") != raw.npos;
  return is_written_anew ? std::string_view() : raw;
}

void check_places(std::string_view bytes, const std::vector<ReadRecord>& records) {
  std::size_t end = records.empty() ? bytes.size() : records.front().offset;
  std::uint64_t number = 0;
  bool shortened = false;
  for (const ReadRecord& record : records) {
    require(record.number == ++number, "records are numbered in order");
    require(record.offset >= end && record.offset <= bytes.size(), "records come in order");
    const std::string_view raw = kept_of(record, bytes.substr(record.offset));
    require(bytes.substr(record.offset).starts_with(raw),
            "a record stands where its position says");
    require(record.line == line_at(bytes, record.offset),
            "a record's line is the one it starts in");
    require(shortened || is_blank(bytes.substr(end, record.offset - end)),
            "nothing but blank lines is left out");
    end = record.offset + raw.size();
    shortened = record.code == "RECORD_TOO_LONG" || record.code == "UNCLOSED_QUOTE";
  }
  require(shortened || is_blank(bytes.substr(end)),
          "nothing but blank lines is left out at the end");
}

void check_pieces(std::string_view bytes, const Way& way, const Read& whole) {
  for (const std::size_t step : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{64}}) {
    const auto reader = open(bytes, step, way);
    require(reader != nullptr, "a file opens in pieces as it does whole");
    require(read(*reader) == whole, "records are the same in pieces");
  }
}

void check_going_on(std::string_view bytes, const Way& way,
                    const std::vector<ReadRecord>& records) {
  for (std::size_t i = 0; i < records.size(); i += 1 + records.size() / 16) {
    const auto reader = open(bytes, 16, way);
    reader->resume_at({InputIndex(0), LineNumber(records[i].line), ByteOffset(records[i].offset)},
                      RecordNumber(records[i].number));
    const auto rest = std::vector(records.begin() + static_cast<std::ptrdiff_t>(i), records.end());
    require(read_all(*reader) == rest, "records are the same when reading goes on at one of them");
  }
}

std::string in_quotes(std::string_view cell) {
  std::string text = "\"";
  for (const char character : cell) text.append(character == '"' ? 2 : 1, character);
  return text + '"';
}

std::string row(const std::vector<std::string>& cells) {
  std::string text;
  for (const std::string& cell : cells) text += (text.empty() ? "" : ",") + in_quotes(cell);
  return text + "\r\n";
}

/// A file of those records alone that can be used.
void check_written_again(const std::vector<std::string>& columns,
                         const std::vector<ReadRecord>& records) {
  constexpr std::size_t kMaxRecordBytes = std::size_t{1} << 20U;
  std::string text = row(columns);
  std::vector<std::vector<std::string>> cells;
  for (const ReadRecord& record : records) {
    if (!record.code.empty()) continue;
    text += row(record.cells);
    cells.push_back(record.cells);
  }
  const auto reader =
      open(text, text.size(), {InputFormat::csv, InputEncoding::utf8, kMaxRecordBytes});
  require(reader != nullptr, "a header that was read can be written and read again");
  require(cells_of(read_all(*reader)) == cells, "cells are the same when written with quotes");
}

void check_way(std::string_view bytes, const Way& way) {
  const auto reader = open(bytes, bytes.size() + 1, way);
  if (!reader) return;
  const Read whole = read(*reader);
  check_places(bytes, whole.records);
  check_pieces(bytes, way, whole);
  check_going_on(bytes, way, whole.records);
  if (way.format == InputFormat::csv) check_written_again(reader->columns(), whole.records);
}

void check_format(std::string_view bytes, InputFormat format) {
  constexpr std::size_t kTight = 40;
  constexpr std::size_t kWide = 4096;
  for (const std::size_t max_record_bytes : {kTight, kWide}) {
    check_way(bytes, {format, InputEncoding::utf8, max_record_bytes});
    check_way(bytes, {format, InputEncoding::windows1252, max_record_bytes});
  }
}

}  // namespace

void read_any_csv(std::string_view bytes) {
  check_format(bytes, InputFormat::csv);
}

void read_any_ndjson(std::string_view bytes) {
  check_format(bytes, InputFormat::ndjson);
}

void read_any_bytes(std::string_view bytes) {
  read_any_csv(bytes);
  read_any_ndjson(bytes);
}

}  // namespace payferry

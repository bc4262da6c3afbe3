#pragma once

#include <string>
#include <vector>

#include "loader/source/record_reader.hpp"

namespace payferry {

/// A record that owns its texts.
struct ReadRecord {
  std::uint64_t number = 0;
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
  std::string raw;
  std::vector<std::string> cells;
  std::string code;  ///< empty: usable
  std::string column;
  std::string message;

  bool operator==(const ReadRecord&) const = default;
};

inline ReadRecord owned(const Record& record) {
  ReadRecord own;
  own.number = record.number.value();
  own.line = record.position.line.value();
  own.offset = record.position.offset.value();
  own.raw = record.raw;
  if (!record.error) {
    own.cells.assign(record.cells.begin(), record.cells.end());
  } else {
    own.code = record.error->code;
    own.column = record.error->column;
    own.message = record.error->message;
  }
  return own;
}

inline std::vector<ReadRecord> read_all(RecordReader& reader) {
  std::vector<ReadRecord> records;
  Record record;
  while (reader.next(record)) records.push_back(owned(record));
  return records;
}

inline std::vector<std::vector<std::string>> cells_of(const std::vector<ReadRecord>& records) {
  std::vector<std::vector<std::string>> cells;
  for (const ReadRecord& record : records) cells.push_back(record.cells);
  return cells;
}

}  // namespace payferry

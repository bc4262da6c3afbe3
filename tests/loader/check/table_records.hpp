#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loader/source/record_reader.hpp"

namespace payferry {

/// Records from a table of cells, a line each behind a header.
class TableRecords final : public RecordReader {
 public:
  using Row = std::vector<std::string>;

  TableRecords(Row columns, std::vector<Row> rows)
      : columns_(std::move(columns)), rows_(std::move(rows)) {}

  bool next(Record& record) override {
    if (at_ == rows_.size()) return false;
    const Row& row = rows_[at_++];
    cells_.assign(row.begin(), row.end());
    record.number = RecordNumber(at_);
    record.position.line = LineNumber(at_ + 1);
    record.cells = cells_;
    record.raw = row.empty() ? std::string_view() : std::string_view(row[0]);
    record.error.reset();
    if (row.size() != columns_.size())
      record.error = RecordError{"RAGGED_ROW", "", "", "the row is ragged"};
    return true;
  }
  const std::vector<std::string>& columns() const override { return columns_; }
  std::span<const SourceBreak> breaks() const override { return breaks_; }
  SourcePosition position() const override { return {}; }
  void resume_at(SourcePosition, RecordNumber) override {}
  ReadProgress progress() const override { return {}; }

  std::vector<SourceBreak> breaks_;

 private:
  Row columns_;
  std::vector<Row> rows_;
  std::vector<std::string_view> cells_;
  std::size_t at_ = 0;
};

}  // namespace payferry

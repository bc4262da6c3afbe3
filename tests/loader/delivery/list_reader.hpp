#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "loader/source/record_reader.hpp"

namespace payferry::test {

/// A source in memory with the columns key and amount. A record's offset is its place.
class ListReader final : public RecordReader {
 public:
  using Row = std::pair<std::string, std::string>;

  explicit ListReader(std::vector<Row> rows) : rows_(std::move(rows)) {}

  /// Called before each record, with the count of those read so far. May throw, or wait.
  std::function<void(std::size_t)> before_record = [](std::size_t) {};

  bool next(Record& record) override {
    before_record(next_);
    if (next_ == rows_.size()) return false;
    const Row& row = rows_[next_];
    raw_ = row.first + "," + row.second;
    cells_ = {row.first, row.second};
    record.number = RecordNumber(next_ + 1);
    record.position = position();
    record.raw = raw_;
    record.cells = cells_;
    record.error.reset();
    ++next_;
    if (next_ == broken_record) breaks_.push_back({record.position, "it broke", true});
    return true;
  }
  const std::vector<std::string>& columns() const override { return columns_; }
  std::span<const SourceBreak> breaks() const override { return breaks_; }
  SourcePosition position() const override {
    SourcePosition position;
    position.line = LineNumber(next_ + 2);
    position.offset = ByteOffset(next_);
    return position;
  }
  void resume_at(SourcePosition position, RecordNumber number) override {
    next_ = position.offset.value();
    resumed_at = number;
  }
  ReadProgress progress() const override {
    ReadProgress progress;
    progress.bytes_read = next_;
    return progress;
  }

  std::optional<RecordNumber> resumed_at;
  std::optional<std::size_t> broken_record;  ///< by its number

 private:
  std::vector<Row> rows_;
  const std::vector<std::string> columns_{"key", "amount"};
  std::vector<SourceBreak> breaks_;
  std::size_t next_ = 0;
  std::string raw_;
  std::array<std::string_view, 2> cells_;
};

/// Rows with the keys "k1", "k2", …
inline std::vector<ListReader::Row> good_rows(std::size_t count) {
  std::vector<ListReader::Row> rows;
  for (std::size_t i = 1; i <= count; ++i) rows.emplace_back("k" + std::to_string(i), "1.50");
  return rows;
}

}  // namespace payferry::test

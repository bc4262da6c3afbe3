#include "simulation/rows_reader.hpp"

#include <stdexcept>

namespace payferry::test {

SourcePosition RowsReader::position_of(std::size_t index) {
  SourcePosition position;
  position.line = LineNumber(index + 2);
  position.offset = ByteOffset(index);
  return position;
}

bool RowsReader::next(Record& record) {
  if (next_ == rows_.size()) return false;
  const Row& row = rows_[next_];
  number_ = std::to_string(next_ + 1);
  raw_ = row.key + "," + row.amount + "," + row.status + "," + number_;
  cells_ = {row.key, row.amount, row.status, number_, row.email, row.contact};
  record.number = RecordNumber(next_ + 1);
  record.position = position_of(next_);
  record.raw = raw_;
  record.cells = cells_;
  record.error.reset();
  ++next_;
  return true;
}

void RowsReader::resume_at(SourcePosition position, RecordNumber number) {
  next_ = position.offset.value();
  if (number.value() != next_ + 1 || position != position_of(next_)) {
    throw std::logic_error("the run goes on at a position that is not that of its record");
  }
}

}  // namespace payferry::test

#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "loader/source/record_reader.hpp"
#include "simulation/scenario.hpp"

namespace payferry::test {

/// The modelled source as a reader: columns key, amount, status, number, email, contact. Offsets
/// are record indexes.
class RowsReader final : public RecordReader {
 public:
  explicit RowsReader(const std::vector<Row>& rows) : rows_(rows) {}

  bool next(Record& record) override;
  const std::vector<std::string>& columns() const override { return columns_; }
  std::span<const SourceBreak> breaks() const override { return breaks_; }
  SourcePosition position() const override { return position_of(next_); }
  void resume_at(SourcePosition position, RecordNumber number) override;
  ReadProgress progress() const override { return ReadProgress(); }

 private:
  static SourcePosition position_of(std::size_t index);

  const std::vector<Row>& rows_;
  const std::vector<std::string> columns_{"key", "amount", "status", "number", "email", "contact"};
  std::vector<SourceBreak> breaks_;
  std::size_t next_ = 0;
  std::string number_;
  std::string raw_;
  std::array<std::string_view, 6> cells_;
};

}  // namespace payferry::test

#pragma once

#include <string>

#include "loader/undo/undo_journal.hpp"

namespace payferry::test {

/// Record `number` with id 1000 + number and key "k<number>".
inline CreatedRecord created_record(std::uint64_t number, std::uint64_t outcome_at = 0) {
  CreatedRecord record;
  record.record = RecordNumber(number);
  record.line = LineNumber(number + 1);
  record.key = "k" + std::to_string(number);
  record.id = std::to_string(1000 + number);
  record.outcome_at = outcome_at;
  return record;
}

}  // namespace payferry::test

#pragma once

#include <cstdint>
#include <string>

#include "model/batch.hpp"

namespace payferry::test {

/// Record n stands on line n + 1 at byte 10 n, below a header.
inline SourcePosition position_of(std::uint64_t record) {
  SourcePosition position;
  position.line = LineNumber(record + 1);
  position.offset = ByteOffset(10 * record);
  return position;
}

/// A batch without records that starts at this one.
inline Batch batch_from(std::uint64_t number, std::uint64_t first_record) {
  Batch batch{BatchNumber(number)};
  batch.set_first(RecordNumber(first_record), position_of(first_record));
  return batch;
}

/// A record of 1.50 GBP to be sent, with the key "k<record>" and the row "row<record>".
inline void add_entry(Batch& batch, std::uint64_t record) {
  const std::string key = "k" + std::to_string(record);
  const std::string raw = "row" + std::to_string(record);
  BatchEntry entry;
  entry.number = RecordNumber(record);
  entry.position = position_of(record);
  entry.amount = Decimal(150, 2);
  entry.currency = Currency::parse("GBP").value();
  entry.key = key;
  entry.raw = raw;
  batch.add(entry);
}

inline Batch batch_of(std::uint64_t number, std::uint64_t first_record, std::uint64_t records) {
  Batch batch = batch_from(number, first_record);
  for (std::uint64_t i = 0; i < records; ++i) add_entry(batch, first_record + i);
  return batch;
}

/// A record that payferry refuses, with an amount that cannot be read.
inline RefusedEntry refused_entry(std::uint64_t record) {
  RefusedEntry entry;
  entry.number = RecordNumber(record);
  entry.position = position_of(record);
  entry.currency = Currency::parse("GBP").value();
  entry.key = "k" + std::to_string(record);
  entry.raw = "row" + std::to_string(record);
  entry.error = {"INVALID_DECIMAL", "hs_initial_amount", "Amount", "not a number"};
  return entry;
}

}  // namespace payferry::test

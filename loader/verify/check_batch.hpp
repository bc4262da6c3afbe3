#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loader/run/tally.hpp"
#include "model/ids.hpp"
#include "model/input_view.hpp"
#include "model/outcome.hpp"
#include "model/record.hpp"

namespace payferry {

/// A record that is to be read back, and what HubSpot should hold of it.
struct CheckedRecord {
  RecordNumber number;
  SourcePosition position;
  OutcomeStatus status = OutcomeStatus::created;
  std::string id;   ///< HubSpot's; empty where it is not known
  std::string key;  ///< value of id_property; empty without one
  Currency currency;
  std::optional<Decimal> amount;
  PropertyList expected;  ///< as it was sent; empty where the row is no longer a valid record
  std::string problem;    ///< then why
};

/// Where verifying goes on: all records before `next` are done with.
struct CheckPosition {
  RecordNumber next{1};
  SourcePosition source;
  /// No outcome line of a record from `next` on stands before this byte of the results log.
  std::uint64_t outcomes_bytes = 0;
  friend bool operator==(const CheckPosition&, const CheckPosition&) = default;
};

/// A stretch of the source: records that follow each other, of which some are to be read back.
struct CheckBatch {
  std::uint64_t number = 0;  ///< 1, 2, 3, … within the process
  std::vector<CheckedRecord> records;
  Tally source;  ///< of all its records
  CheckPosition end;
};

}  // namespace payferry

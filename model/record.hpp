#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/ids.hpp"

namespace payferry {

/// Where a record starts in the source.
struct SourcePosition {
  InputIndex input;
  LineNumber line;
  ByteOffset offset;

  auto operator<=>(const SourcePosition&) const = default;
};

/// Why payferry does not send a record; becomes an `invalid` outcome and a reject.
struct RecordError {
  std::string code;      ///< upper case with underscores, e.g. INVALID_DECIMAL
  std::string property;  ///< HubSpot property, empty where the row as a whole is at fault
  std::string column;    ///< the source's column or path, empty likewise
  std::string message;   ///< one sentence with the value (never a card number) and the remedy
};

/// One row of the source. All views point into the reader's memory and hold until its next call.
struct Record {
  RecordNumber number;
  SourcePosition position;
  std::string_view raw;                     ///< as it stands in the source, without its line end
  std::span<const std::string_view> cells;  ///< UTF-8, in the order of the reader's columns
  std::optional<RecordError>
      error;  ///< ragged row, invalid UTF-8, too long: cells are not to be used
  /// The cells that are numbers of JSON with an exponent, such as 1e2; seldom any.
  std::span<const std::size_t> with_exponent{};
};

}  // namespace payferry

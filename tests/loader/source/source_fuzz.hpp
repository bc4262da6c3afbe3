#pragma once

#include <cstddef>
#include <string_view>

namespace payferry {

/// What a fuzzer calls: reads `bytes` as a CSV and as an NDJSON file, with small limits, whole and
/// in pieces, and checks what must hold for any bytes. Throws std::logic_error where it does not.
///
/// - A record's raw text stands in the source where its position says, and its line is the right
/// one.
/// - Records come in order, and neither overlap nor leave out anything but blank lines (a record
/// that is too long, cut
///   short).
/// - However the bytes come in pieces, the records are the same; so they are when reading goes on
/// at any record.
void read_any_bytes(std::string_view bytes);

}  // namespace payferry

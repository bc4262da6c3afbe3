#pragma once

#include <cstddef>
#include <string_view>

namespace payferry {

/// What a fuzzer calls: read `bytes` as a file of the format, with small limits and large ones,
/// whole and in pieces, and check what must hold for any bytes. Throw std::logic_error where it
/// does not.
///
/// - A record's raw text stands in the source where its position says, and its line is the right
/// one.
/// - Records come in order, and neither overlap nor leave out anything but blank lines (a record
/// that
///   is too long, cut short).
/// - However the bytes come in pieces, the records are the same; so they are when reading goes on
/// at
///   any record.
/// - Cells of CSV, written with quotes around them, are read as the same.
void read_any_csv(std::string_view bytes);
void read_any_ndjson(std::string_view bytes);
/// Both.
void read_any_bytes(std::string_view bytes);

}  // namespace payferry

#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "loader/source/input_error.hpp"

namespace payferry {

/// The column that rejects files add to those of the source. Mended ones are loaded with it, and it
/// means nothing then.
inline constexpr char kRejectColumn[] = "payferry_error";

inline constexpr std::size_t kNoCell = std::numeric_limits<std::size_t>::max();

/// For each of `columns` its place in another file's header, or kNoCell where it may be missing (it
/// has no name or is payferry_error); empty where both headers are the same. An error names the
/// columns that one of them has alone.
tl::expected<std::vector<std::size_t>, InputError> match_columns(
    const std::vector<std::string>& columns, const std::vector<std::string>& others,
    const std::string& name, const std::string& other_name);

}  // namespace payferry

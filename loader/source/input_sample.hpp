#pragma once

#include <cstddef>
#include <string>
#include <tl/expected.hpp>

#include "config/sample.hpp"
#include "loader/source/input_error.hpp"

namespace payferry {

/// So many rows of an input are looked at for a guess.
inline constexpr std::size_t kSampleRows = 1000;

/// Reads an input's header and first rows with whatever compression, format, encoding and delimiter
/// they are written in. Rows that cannot be read are left out.
tl::expected<Sample, InputError> read_sample(const std::string& path);

}  // namespace payferry

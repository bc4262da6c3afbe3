#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "config/settings.hpp"
#include "loader/source/byte_source.hpp"
#include "loader/source/input_error.hpp"
#include "loader/source/read_window.hpp"

namespace payferry {

inline constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

/// The content of what is stored: decompressed as `compression` says, or as its first bytes do.
tl::expected<std::unique_ptr<ByteSource>, InputError> open_content(
    std::unique_ptr<ByteSource> source, const std::string& name, InputCompression compression);

/// Reads the beginning of the content, as far as it tells of what format it is, and goes behind a
/// UTF-8 byte order mark. An error where there is no content, or it is UTF-16.
std::optional<InputError> begin_text(ReadWindow& window, const std::string& name);

/// csv or ndjson, by the file's name and then by how its text begins.
InputFormat detect_format(std::string_view name, std::string_view text);

}  // namespace payferry

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace payferry {

/// Why `format` cannot describe a date ("iso8601", "unix", "unix_ms" or a pattern such as "%d.%m.%Y
/// %H:%M"), with what would be right; nothing where it can.
std::optional<std::string> refuse_datetime_format(std::string_view format);

/// True for "iso8601", "unix" and "unix_ms".
bool is_named_format(std::string_view format);

}  // namespace payferry

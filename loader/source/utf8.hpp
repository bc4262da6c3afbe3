#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace payferry {

/// Where `text` stops being UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above
/// U+10FFFF); nothing where it is valid.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

}  // namespace payferry

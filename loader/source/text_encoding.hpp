#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "config/settings.hpp"

namespace payferry {

/// Name of the encoding as the config and messages call it.
std::string_view to_string(InputEncoding encoding);

/// Where `text` holds a byte that is no character in `encoding`; nothing where all is well.
std::optional<std::size_t> find_invalid(InputEncoding encoding, std::string_view text);

/// Appends `text`, valid in `encoding`, as UTF-8.
void append_as_utf8(std::string& out, InputEncoding encoding, std::string_view text);

}  // namespace payferry

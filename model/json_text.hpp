#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace payferry {

/// Appends `text` as a JSON string with its quotes. `text` is valid UTF-8; it is passed through but
/// for what JSON must escape.
void append_json_string(std::string& out, std::string_view text);

/// The same without the quotes.
void append_json_content(std::string& out, std::string_view text);

/// True where JSON takes all of `text` as it stands.
bool is_plain_in_json(std::string_view text);

/// Escapes what stands in `out` from `start` on. Allocates only where there is something to escape.
void escape_json_content(std::string& out, std::size_t start);

}  // namespace payferry

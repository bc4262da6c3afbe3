#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace payferry {

/// Reads "1MiB", "512KiB", "2GiB", "100B" and plain "65536". Nothing for what is no such text.
std::optional<std::uint64_t> parse_byte_size(std::string_view text);

/// The shortest text that parse_byte_size reads back: "1MiB", "1500B".
std::string to_byte_size_text(std::uint64_t bytes);

}  // namespace payferry

#pragma once

#include <string>
#include <string_view>

namespace payferry {

/// `text` as a TOML string with its quotes.
std::string toml_string(std::string_view text);
/// `text` as a TOML key: bare where it can be.
std::string toml_key(std::string_view text);

}  // namespace payferry

#pragma once

#include <string_view>

namespace payferry {

/// True for an address that mail can be sent to as far as its form tells: one "@", a local part of
/// 1 to 64 bytes, a domain with a dot, no blanks, quotes or control characters. Letters beyond
/// ASCII may be in either part.
bool is_email(std::string_view text);

}  // namespace payferry

#pragma once

#include <string>
#include <string_view>

namespace payferry {

/// Text as it may stand anywhere in HTML, between tags or in a quoted attribute. What is not valid
/// UTF-8 becomes U+FFFD, control characters blanks.
std::string html_text(std::string_view text);

}  // namespace payferry

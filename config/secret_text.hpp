#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace payferry {

/// Where a HubSpot token ("pat-na1-…") starts in `text`; npos where there is none.
std::size_t find_token(std::string_view text);

/// True for what must not be shown: a token, an authorization header, a URL's password.
bool looks_like_secret(std::string_view text);

/// True for a key that a secret would be written to by mistake: token, client_secret, api_key …
bool names_a_secret(std::string_view key);

/// In double quotes, shortened, control characters escaped: for messages. A secret is not shown.
std::string shown_text(std::string_view text);

}  // namespace payferry

#pragma once

#include <string>
#include <string_view>

#include "net/hubspot_api.hpp"

namespace payferry {

/// The path of a call below base_url, for "v3" or a dated version such as "2026-03" (contract §1.1,
/// §1.2). Associations are at v4 where objects are at v3.
std::string api_path(Endpoint endpoint, std::string_view version, std::string_view object,
                     std::string_view to_object = {});

/// "GET" or "POST".
std::string_view api_method(Endpoint endpoint);

}  // namespace payferry

#pragma once

#include <string_view>

namespace payferry {

/// "0.1.0": this program's own version, from the build.
std::string_view version();

}  // namespace payferry

#pragma once

#include <string>
#include <string_view>

namespace payferry {

/// One gzip member.
std::string gzip(std::string_view text);
/// One zstd frame.
std::string zstd(std::string_view text);

}  // namespace payferry

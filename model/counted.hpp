#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace payferry {

/// "1,234,567"
std::string with_thousands(std::uint64_t number);
/// "record" for one, "records" for any other number; `several` where an s does not make that.
std::string word_for(std::uint64_t count, std::string_view one, std::string_view several = {});
/// "1 record", "1,200 records", "2 batches"
std::string counted(std::uint64_t count, std::string_view one, std::string_view several = {});

}  // namespace payferry

#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/ids.hpp"

namespace payferry {

/// By id: the record whose outcome line says that it was loaded as that id; RecordNumber() for
/// none. One pass over the results log in bounded memory. Throws DiskFailure.
std::vector<RecordNumber> find_creators(const std::filesystem::path& outcomes,
                                        std::span<const std::string> ids);

/// The same for one line: takes note where it says that one of `ids` was loaded.
void note_creator(std::string_view outcome_line, std::span<const std::string> ids,
                  std::vector<RecordNumber>& creators);

}  // namespace payferry

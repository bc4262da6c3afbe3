#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace payferry {

/// `--html` of load and resume: the report as a page, where one is asked for. What is wrong with it
/// is told, and changes nothing of the run.
void write_page(const std::optional<std::string>& file, const std::filesystem::path& run_directory);

}  // namespace payferry

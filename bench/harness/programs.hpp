#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace payferry::bench {

/// A program of this project: beside this one, or where the build puts it. Throws
/// std::runtime_error.
std::filesystem::path own_program(const std::string& name);

/// A program of the system, by PATH and the folders of the administrator's programs.
std::optional<std::filesystem::path> system_program(const std::string& name);

}  // namespace payferry::bench

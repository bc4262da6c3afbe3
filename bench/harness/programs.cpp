#include "bench/harness/programs.hpp"

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace payferry::bench {

namespace fs = std::filesystem;

fs::path own_program(const std::string& name) {
  const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path();
  for (const fs::path& place : {folder, folder / "../loader", folder / "../bench"}) {
    if (fs::exists(place / name)) return fs::weakly_canonical(place / name);
  }
  throw std::runtime_error("there is no " + name + " beside payferry-bench; build it first");
}

std::optional<fs::path> system_program(const std::string& name) {
  const char* const path = std::getenv("PATH");
  std::istringstream folders(std::string(path != nullptr ? path : "") + ":/usr/sbin:/sbin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path program = fs::path(folder) / name;
    if (!folder.empty() && ::access(program.c_str(), X_OK) == 0) return program;
  }
  return std::nullopt;
}

}  // namespace payferry::bench

#include "bench/harness/process_size.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace payferry::bench {

namespace fs = std::filesystem;

std::optional<ProcessSize> size_of_process(pid_t process) {
  const fs::path folder = fs::path("/proc") / std::to_string(process);
  std::ifstream statm(folder / "statm");
  std::size_t all_pages = 0;
  std::size_t resident_pages = 0;
  // A process that has ended, but was not waited for, has no pages.
  if (!(statm >> all_pages >> resident_pages) || resident_pages == 0) return std::nullopt;
  std::error_code error;
  ProcessSize size;
  size.resident_kib = resident_pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) / 1024;
  fs::directory_iterator descriptor(folder / "fd", error);
  for (const fs::directory_iterator end; !error && descriptor != end; descriptor.increment(error))
    ++size.descriptors;
  if (error) return std::nullopt;
  return size;
}

}  // namespace payferry::bench

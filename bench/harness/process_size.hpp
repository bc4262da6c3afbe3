#pragma once

#include <sys/types.h>

#include <cstddef>
#include <optional>

namespace payferry::bench {

/// What a running process holds at a moment.
struct ProcessSize {
  std::size_t resident_kib = 0;
  std::size_t descriptors = 0;
};

/// Nothing where the process has ended.
std::optional<ProcessSize> size_of_process(pid_t process);

}  // namespace payferry::bench

#pragma once

#include <cstdint>

namespace payferry::bench {

/// How often this program has taken memory from the heap so far.
std::uint64_t allocation_count();

}  // namespace payferry::bench

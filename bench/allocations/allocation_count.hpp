#pragma once

#include <cstdint>

namespace payferry::bench {

/// The sanitizers bring allocation functions of their own, which do not count.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kCountsAllocations = false;
#else
inline constexpr bool kCountsAllocations = true;
#endif

/// How often this program, which counts by being linked with this, has taken memory from the heap.
std::uint64_t allocation_count();

}  // namespace payferry::bench

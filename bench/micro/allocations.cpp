#include "bench/micro/allocations.hpp"

#include <cstdlib>
#include <new>

// The benchmarks run on one thread.
namespace {
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
std::uint64_t allocations = 0;
}  // namespace

// The sanitizers bring allocation functions of their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

// NOLINTBEGIN(cppcoreguidelines-no-malloc,clang-diagnostic-missing-prototypes): the language's own.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
// NOLINTEND(cppcoreguidelines-no-malloc,clang-diagnostic-missing-prototypes)

#endif

namespace payferry::bench {

std::uint64_t allocation_count() {
  return allocations;
}

}  // namespace payferry::bench

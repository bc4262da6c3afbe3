#include "bench/micro/allocations.hpp"

#include <cstdlib>
#include <new>

// The benchmarks run on one thread.
namespace {
std::uint64_t allocations = 0;
}

// The sanitizers bring allocation functions of their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

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

#endif

namespace payferry::bench {

std::uint64_t allocation_count() {
  return allocations;
}

}  // namespace payferry::bench

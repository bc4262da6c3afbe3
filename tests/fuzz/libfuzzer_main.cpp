#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/fuzz_target.hpp"

/// What libFuzzer calls. An exception that leaves it is a finding, as a sanitizer's report is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto& target = payferry::fuzz::fuzz_target(PAYFERRY_FUZZ_TARGET);
  target.try_bytes({reinterpret_cast<const char*>(data), size});
  return 0;
}

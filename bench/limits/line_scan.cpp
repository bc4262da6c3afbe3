#include "bench/harness/line_scan.hpp"

#include <chrono>

#include "bench/harness/payment_file.hpp"
#include "bench/limits/limits.hpp"

namespace payferry::bench {

double measure_line_scan() {
  constexpr int kPasses = 200;
  static const std::string text = make_payments({.records = 100'000});
  std::size_t lines = 0;
  const auto begun = std::chrono::steady_clock::now();
  for (int pass = 0; pass < kPasses; ++pass) lines += count_lines(text);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  return lines == 0 ? 0 : static_cast<double>(text.size()) * kPasses / 1e6 / took.count();
}

}  // namespace payferry::bench

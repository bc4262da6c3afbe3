#pragma once

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "bench/harness/figure.hpp"

namespace payferry::bench {

// Each registers its benchmarks.
void register_line_scan();
void register_source();
void register_mapping();
void register_request_bytes();
void register_answer();
void register_results_log();
void register_governor();

/// Runs those that match the pattern (a regular expression; empty: all), several times each.
Section measure_micro(const std::string& pattern, unsigned runs);

/// Counts what one pass over the workload did, in the loop of a benchmark.
class Pass {
 public:
  explicit Pass(benchmark::State& state);
  ~Pass();
  Pass(const Pass&) = delete;
  Pass& operator=(const Pass&) = delete;

  void did(std::uint64_t records, std::uint64_t bytes);

 private:
  benchmark::State& state_;
  std::uint64_t allocations_before_;
  std::uint64_t records_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace payferry::bench

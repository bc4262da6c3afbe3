#include "fuzz/fuzz_target.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace payferry::fuzz {

namespace {

constexpr std::array kTargets{
    FuzzTarget{"csv", try_csv},           FuzzTarget{"ndjson", try_ndjson},
    FuzzTarget{"amount", try_amount},     FuzzTarget{"time", try_time},
    FuzzTarget{"config", try_config},     FuzzTarget{"answer", try_answer},
    FuzzTarget{"run_line", try_run_line},
};

}  // namespace

std::span<const FuzzTarget> fuzz_targets() {
  return kTargets;
}

const FuzzTarget& fuzz_target(std::string_view name) {
  const auto found = std::find_if(kTargets.begin(), kTargets.end(),
                                  [&](const FuzzTarget& target) { return target.name == name; });
  if (found == kTargets.end()) throw std::out_of_range("no fuzz target " + std::string(name));
  return *found;
}

}  // namespace payferry::fuzz

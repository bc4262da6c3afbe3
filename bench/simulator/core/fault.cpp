#include "bench/simulator/core/fault.hpp"

#include <algorithm>
#include <numeric>

namespace payferry::simulator {

namespace {

constexpr std::array<std::string_view, kFaultCount> kNames = {"reset",
                                                              "reset-uncommitted",
                                                              "late-commit",
                                                              "truncated",
                                                              "stall",
                                                              "stall-uncommitted",
                                                              "502",
                                                              "502-uncommitted",
                                                              "504",
                                                              "524",
                                                              "500",
                                                              "500-uncommitted",
                                                              "503",
                                                              "423",
                                                              "477",
                                                              "429",
                                                              "401",
                                                              "empty",
                                                              "empty-uncommitted",
                                                              "missing",
                                                              "missing-uncommitted",
                                                              "slow"};

}  // namespace

std::string_view name_of(Fault fault) {
  return kNames.at(static_cast<std::size_t>(fault));
}

std::optional<Fault> fault_named(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Fault>(found - kNames.begin());
}

FaultPlan& FaultPlan::with(Fault fault, double its_probability) {
  probability.at(static_cast<std::size_t>(fault)) = its_probability;
  return *this;
}

bool FaultPlan::is_possible() const {
  return std::accumulate(probability.begin(), probability.end(), 0.0) <= 1 + 1e-9;
}

void FaultInjector::order(Fault fault, std::size_t count, std::size_t skip) {
  ordered_.insert(ordered_.end(), skip, std::nullopt);
  ordered_.insert(ordered_.end(), count, fault);
}

std::optional<Fault> FaultInjector::draw(RequestClass request, Random& random) {
  if (!applies_to(request)) return std::nullopt;
  if (!ordered_.empty()) {
    const std::optional<Fault> fault = ordered_.front();
    ordered_.pop_front();
    return fault;
  }
  double rest = random.fraction();
  for (std::size_t i = 0; i < kFaultCount; ++i) {
    if (rest < plan_.probability[i]) return static_cast<Fault>(i);
    rest -= plan_.probability[i];
  }
  return std::nullopt;
}

bool FaultInjector::applies_to(RequestClass request) const {
  switch (request) {
    case RequestClass::write:
    case RequestClass::association:
      return plan_.on_writes;
    case RequestClass::read:
    case RequestClass::search:
      return plan_.on_reads;
    case RequestClass::settings:
      return plan_.on_settings;
  }
  return false;
}

}  // namespace payferry::simulator

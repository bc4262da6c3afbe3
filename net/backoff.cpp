#include "net/backoff.hpp"

#include <algorithm>

namespace payferry {

namespace {

SteadyDuration ceiling(const RetrySettings& settings, std::uint32_t attempt) {
  SteadyDuration ceiling = settings.base;
  for (std::uint32_t i = 1; i < attempt && ceiling < settings.cap; ++i) ceiling *= 2;
  return std::min<SteadyDuration>(ceiling, settings.cap);
}

}  // namespace

SteadyDuration backoff(const RetrySettings& settings, std::uint32_t attempt,
                       SteadyDuration at_least, std::mt19937_64& random) {
  std::uniform_int_distribution<SteadyDuration::rep> jitter(0, ceiling(settings, attempt).count());
  return at_least + SteadyDuration(jitter(random));
}

}  // namespace payferry

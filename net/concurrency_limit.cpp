#include "net/concurrency_limit.hpp"

namespace payferry {

ConcurrencyLimit::ConcurrencyLimit(std::optional<std::uint32_t> fixed) : fixed_(fixed) {}

std::uint32_t ConcurrencyLimit::at(SteadyPoint) const {
  return fixed_.value_or(32);
}

}  // namespace payferry

#pragma once

#include <cstdint>
#include <optional>

#include "net/time.hpp"

namespace payferry {

/// How many requests may be in flight. A decision without I/O: time comes in as an argument.
class ConcurrencyLimit {
 public:
  /// `fixed`: 1 to 256; nothing: found while running.
  explicit ConcurrencyLimit(std::optional<std::uint32_t> fixed);

  std::uint32_t at(SteadyPoint now) const;

 private:
  std::optional<std::uint32_t> fixed_;
};

}  // namespace payferry

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "bench/simulator/core/fault.hpp"

namespace payferry::simulator {

/// Counts of what was asked and answered.
struct Statistics {
  std::uint64_t requests = 0;
  std::uint64_t throttled = 0;  ///< 429 for a limit (not by fault)
  std::uint32_t peak_window =
      0;  ///< most requests seen in any rolling window, refused ones too, of one app
  std::uint64_t daily_used = 0;  ///< since the account's midnight
  std::uint64_t created = 0;
  std::uint64_t updated = 0;
  std::uint64_t archived = 0;
  std::uint64_t associated = 0;
  std::uint64_t connections = 0;  ///< counted by the server
  std::uint64_t handshakes = 0;
  std::uint64_t resumed_sessions = 0;
  std::array<std::uint64_t, kFaultCount> faults{};
  /// By endpoint name ("batch_create", …) and status; 0: no answer was given.
  std::map<std::pair<std::string, int>, std::uint64_t> answers;

  std::uint64_t answers_of(const std::string& endpoint) const;
  std::uint64_t answers_of(const std::string& endpoint, int status) const;
  std::string to_json() const;
};

}  // namespace payferry::simulator

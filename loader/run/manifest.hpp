#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "config/config_source.hpp"
#include "loader/source/input_set.hpp"
#include "model/instant.hpp"

namespace payferry {

/// run.json: what a run is, so that it can go on by itself. Holds no secret.
struct Manifest {
  std::string version;  ///< payferry's, that began the run
  std::string run_id;
  ConfigSource config;  ///< as used
  std::string account;  ///< HubSpot's number of it (portal id); empty where it did not tell
  std::vector<InputInfo> inputs;
  std::vector<std::string> names;  ///< of the inputs, as they were given
  std::optional<std::uint64_t> limit;
  std::vector<Instant> started;  ///< of each process that worked on it

  std::string to_json() const;
  /// The error is one sentence.
  static tl::expected<Manifest, std::string> parse(std::string_view text);
};

}  // namespace payferry

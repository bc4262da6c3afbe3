#pragma once

#include <cstdint>
#include <filesystem>

namespace payferry::bench {

/// The generated payments as inputs of HubSpot's batch create, one a line: the work of mapping done
/// before, for programs that cannot map. Throws std::runtime_error.
void write_peer_inputs(const std::filesystem::path& path, std::uint64_t records);

}  // namespace payferry::bench

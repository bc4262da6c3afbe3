#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "bench/harness/scratch_folder.hpp"

namespace payferry::bench {

/// The generated payments as inputs of HubSpot's batch create, one a line: the work of mapping done
/// before, for programs that cannot map. Throws std::runtime_error.
void write_peer_inputs(const std::filesystem::path& path, std::uint64_t records);

/// A batch as payferry sends it that HubSpot takes any number of times: the payments' ids stand in
/// a property that need not be unique and whose name is as long, so that requests and answers are
/// of the same size as payferry's.
std::string repeatable_body(const ScratchFolder& folder);

}  // namespace payferry::bench

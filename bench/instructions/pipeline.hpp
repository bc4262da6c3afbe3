#pragma once

#include <cstdint>

#include "bench/harness/scratch_folder.hpp"

namespace payferry::bench {

/// The way of a record but for the network and the disk, from the file's bytes to the request's and
/// from the answer's to the outcome line. The same input takes the same instructions.

/// Writes payments and HubSpot's answers to them. Throws std::runtime_error.
void prepare_pipeline(const ScratchFolder& folder, std::uint64_t records);

/// Takes the first `records` of what prepare_pipeline() wrote there all the way. Throws
/// std::runtime_error where not all are created.
void run_pipeline(const std::filesystem::path& folder, std::uint64_t records);

}  // namespace payferry::bench

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/harness/payment_generator.hpp"
#include "config/settings.hpp"
#include "loader/source/record_reader.hpp"
#include "model/batch.hpp"
#include "model/mapping.hpp"

namespace payferry::bench {

inline constexpr std::uint64_t kWorkloadRecords = 100'000;

/// The payments that every benchmark of a part works on; made once.
std::string_view payments(GeneratedFormat format);

/// The settings that map them.
const Settings& payment_settings(GeneratedFormat format);

/// Reads `text`, which must outlive the reader, from memory as from a file.
std::unique_ptr<RecordReader> open_reader(std::string_view text, GeneratedFormat format);
Mapping payment_mapping(GeneratedFormat format, const RecordReader& reader);

/// The first hundred payments as a batch.
Batch first_batch();
std::vector<const BatchEntry*> entries_of(const Batch& batch);
/// What the simulated HubSpot answers to its creation.
std::string first_answer();

}  // namespace payferry::bench

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/harness/payment_generator.hpp"

namespace payferry::bench {

/// What a generated file of payments may hold beside the generator's own columns.
struct ExtraColumns {
  std::size_t count = 0;
  std::size_t bytes = 0;  ///< of each cell

  /// "extra_1", …
  static std::string name(std::size_t number);
};

/// Throws std::runtime_error.
void write_payments(const std::filesystem::path& path, const GeneratorOptions& options);
/// As CSV.
void write_wide_payments(const std::filesystem::path& path, const GeneratorOptions& options,
                         const ExtraColumns& extra);
/// In memory.
std::string make_payments(const GeneratorOptions& options);

/// A config that maps what the generator makes, to be completed by a [hubspot] section's base_url
/// and ca_file and by other sections behind it.
std::string payment_properties(GeneratedFormat format);
/// Lines of [properties] for the columns; each is a property of the same name.
std::string extra_properties(const ExtraColumns& extra);

}  // namespace payferry::bench

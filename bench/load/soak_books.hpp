#pragma once

#include <filesystem>
#include <vector>

#include "bench/harness/payment_generator.hpp"

namespace payferry::bench {

/// Compares, record by record, what is in a generated file, in the results log of its load and in
/// the ledger of the simulated HubSpot: each good record is loaded once and stands in both under
/// the same id, each bad one is refused by whom it should be, each has one line. Throws
/// std::runtime_error with the first difference.
void compare_books(const std::vector<Defect>& source, const std::filesystem::path& outcomes,
                   const std::filesystem::path& ledger);

}  // namespace payferry::bench

#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "model/decimal.hpp"
#include "model/instant.hpp"

namespace payferry {

/// "-1,234,567.89": the integer part in groups of three.
std::string grouped_sum(const Decimal& sum);
/// "12.3 MiB", "512 bytes"
std::string byte_text(std::uint64_t bytes);
/// "850 ms", "2.4 s", "1m 20s"
std::string latency_text(std::chrono::milliseconds latency);
/// "99.8%"; never "100.0%" of what is not all, nor "0.0%" of what is not nothing.
std::string share_text(std::uint64_t part, std::uint64_t whole);
/// "2026-11-23 10:00:00"
std::string moment_text(Instant moment);

}  // namespace payferry

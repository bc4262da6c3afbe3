#pragma once

#include <span>
#include <stdexcept>
#include <string_view>

namespace payferry::fuzz {

/// Something that takes bytes from outside. `try_bytes` throws std::logic_error where what must
/// hold for any bytes does not; its seeds and the bytes that once broke it stand in
/// tests/fuzz/corpus/<name>/.
struct FuzzTarget {
  std::string_view name;
  void (*try_bytes)(std::string_view bytes);
};

std::span<const FuzzTarget> fuzz_targets();

/// Throws std::out_of_range where there is no such target.
const FuzzTarget& fuzz_target(std::string_view name);

void try_csv(std::string_view bytes);
void try_ndjson(std::string_view bytes);
/// An amount as HubSpot or as people write it.
void try_amount(std::string_view bytes);
/// A format in the first line, a time written so in the rest.
void try_time(std::string_view bytes);
/// A config file; lines that begin with "--set " are overrides.
void try_config(std::string_view bytes);
/// The body of HubSpot's answer.
void try_answer(std::string_view bytes);
/// A line of attempts.ndjson or outcomes.ndjson.
void try_run_line(std::string_view bytes);

inline void require(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

}  // namespace payferry::fuzz

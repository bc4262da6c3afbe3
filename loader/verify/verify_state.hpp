#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "loader/run/tally.hpp"
#include "loader/verify/check_batch.hpp"
#include "loader/verify/finding.hpp"
#include "model/instant.hpp"

namespace payferry {

/// What a verify has found so far, and where it goes on: verify.json.
struct VerifyState {
  std::string run_id;
  Instant started{};
  /// What the run directory held when it began; another basis asks for a verify from the start.
  std::string basis;

  CheckPosition position;            ///< all before it is in the books below
  std::uint64_t findings_bytes = 0;  ///< of verify.ndjson that belong to these
  Tally source;                      ///< source and outcomes, counted anew
  ControlTotals held;                ///< what HubSpot holds, as `read`
  std::uint64_t same = 0;
  std::uint64_t superseded = 0;  ///< a later row of an upsert has the same key, and its values
  std::uint64_t differing = 0;
  std::uint64_t gone = 0;
  std::uint64_t unchecked = 0;
  std::uint64_t requests = 0;

  bool complete = false;  ///< every outcome was checked
  std::string trouble;    ///< why the books are not the whole run's, for people
  int exit_code = 0;

  std::uint64_t checked() const { return same + superseded + differing + gone + unchecked; }
  void count(FindingKind kind);
  /// Per currency, in count and sum: HubSpot holds what was loaded, and source = loaded + refused
  /// (+ pending).
  bool books_balance() const;
  /// HubSpot holds what the source says, and that can be said of every record that was loaded.
  bool agrees() const;

  std::string to_json() const;
  static tl::expected<VerifyState, std::string> parse(std::string_view text);
};

inline constexpr std::string_view kVerifyFile = "verify.json";
inline constexpr std::string_view kFindingsFile = "verify.ndjson";

}  // namespace payferry

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/verify/check_batch.hpp"
#include "model/instant.hpp"

namespace payferry {

/// A property of which HubSpot holds something else than the source says.
struct PropertyDifference {
  std::string property;
  std::string source;
  std::optional<std::string> hubspot;  ///< nothing: HubSpot holds no value
};

enum class FindingKind {
  same,       ///< HubSpot holds what the source says
  differs,    ///< `differences` says in what
  gone,       ///< HubSpot has no such record: it was archived, or merged into another
  unchecked,  ///< it cannot be told: `message` says why
};

/// What reading a record back brought to light.
struct Finding {
  FindingKind kind = FindingKind::same;
  std::vector<PropertyDifference> differences;
  std::string message;
};

std::string_view to_string(FindingKind kind);

/// Appends the line of verify.ndjson, with its line end. `file`: the input's name where the run has
/// several.
void append_finding_line(std::string& out, const CheckedRecord& record, const Finding& finding,
                         std::string_view file, Instant at);

}  // namespace payferry

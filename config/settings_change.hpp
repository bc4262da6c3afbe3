#pragma once

#include <optional>
#include <string>

#include "config/settings.hpp"

namespace payferry {

/// Why a run that was begun with `before` cannot go on with `now`, in one sentence that names every
/// difference: another object, mapping, id property, write mode, run property or way to read the
/// input would make other records of the same rows, and another HubSpot does not hold those that
/// were sent. Nothing where it can: limits, retry, results, proxy, certificates and token source
/// may change from process to process (interface.md §3).
std::optional<std::string> forbidden_change(const Settings& before, const Settings& now);

}  // namespace payferry

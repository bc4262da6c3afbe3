#pragma once

#include <string>

#include "config/known_exports.hpp"
#include "config/sample.hpp"

namespace payferry {

/// The export's ready-made config, made to fit one file: lines of columns that the file does not
/// have become comments, and date formats and decimal marks are those of its rows.
std::string adapted_export(const KnownExport& known, const Sample& sample);

}  // namespace payferry

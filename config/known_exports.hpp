#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace payferry {

/// A ready-made config for what a payment service exports: config/exports/NAME.toml.
struct KnownExport {
  std::string_view name;  ///< e.g. "stripe-payments"
  std::string_view toml;
};

/// All of them; built into the program.
const std::vector<KnownExport>& known_exports();

/// The export whose columns the header has: all of its mandatory ones and most of the others. Where
/// several fit, the one with the most columns. Null where none does.
const KnownExport* recognise_export(std::span<const std::string> header);

}  // namespace payferry

#pragma once

#include <string>
#include <vector>

#include "config/sample.hpp"

namespace payferry {

/// What `payferry init` writes.
struct GuessedConfig {
  std::string toml;  ///< a commented config; load_settings takes it unless something is missing
  std::string export_name;           ///< of the known export that it was taken from; usually empty
  std::vector<std::string> missing;  ///< what a person must fill in first, one sentence each
};

/// Guesses a config from an input's header and first rows: known exports by their header, else the
/// columns of payments by their names (English, German, French, Spanish) and by what their cells
/// look like. Writes no cell into the config but the words of the status and payment method
/// columns.
GuessedConfig guess_config(const Sample& sample);

}  // namespace payferry

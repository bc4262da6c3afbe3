#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "config/guess.hpp"
#include "config/sample.hpp"

namespace payferry {

/// What a guessed config makes of the rows that it was guessed from.
struct GuessCheck {
  std::vector<std::string> missing;  ///< what keeps the config from being used, one sentence each
  std::size_t invalid_rows = 0;
  std::string first_problem;  ///< of the first such row
};

GuessCheck check_guess(const GuessedConfig& guessed, const Sample& sample);

}  // namespace payferry

#pragma once

#include <filesystem>
#include <string>

#include "loader/verify/verify_state.hpp"

namespace payferry {

/// What a person reads when a verify ends.
struct VerifyEnd {
  std::string stopped;  ///< one sentence, where it ended early
  bool undone = false;  ///< payferry undo has been at work on the run
};

std::string verify_text(const VerifyState& state, const VerifyEnd& end,
                        const std::filesystem::path& run_directory);

}  // namespace payferry

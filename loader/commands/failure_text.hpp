#pragma once

#include <exception>
#include <string>

namespace payferry {

/// What went wrong, in one sentence, and the remedy where this machine ran out of something.
std::string failure_text(const std::exception& failure);

}  // namespace payferry

#pragma once

#include <string>

namespace payferry {

/// An input that cannot be used at all: nothing of it is loaded (exit 2).
struct InputError {
  explicit InputError(std::string text) : message(std::move(text)) {}

  std::string message;  ///< names the input, what is wrong with it and the remedy
};

}  // namespace payferry

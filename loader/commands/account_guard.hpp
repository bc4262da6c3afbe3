#pragma once

#include <optional>
#include <string>

#include "loader/run/manifest.hpp"
#include "model/account.hpp"

namespace payferry {

/// Why a run must not be gone on with in the account that the token of now belongs to: it was begun
/// in another, where its records are. Nothing where both are the same, or one is not known.
std::optional<std::string> other_account(const Manifest& run, const AccountDetails& now);

}  // namespace payferry

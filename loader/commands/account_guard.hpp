#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "loader/commands/hubspot_session.hpp"
#include "loader/run/manifest.hpp"
#include "model/account.hpp"

namespace payferry {

/// Why a run must not be gone on with in the account that the token of now belongs to: it was begun
/// in another, where its records are. Nothing where both are the same, or one is not known.
std::optional<std::string> other_account(const Manifest& run, const AccountDetails& now);

/// Asks once which account the token belongs to, and asks for a stop where it is another one than
/// the run's. Nothing where HubSpot does not tell. Both must outlive the call.
boost::asio::awaitable<std::optional<AccountDetails>> ask_account(HubSpotSession& session,
                                                                  const Manifest& run);

}  // namespace payferry

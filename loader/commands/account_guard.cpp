#include "loader/commands/account_guard.hpp"

namespace payferry {

std::optional<std::string> other_account(const Manifest& run, const AccountDetails& now) {
  if (run.account.empty() || now.portal_id.empty() || run.account == now.portal_id) {
    return std::nullopt;
  }
  return "This run was begun in the HubSpot account " + run.account +
         ", but the token given now is of the account " + now.portal_id +
         ": give a token of the first; to load into the other one, choose another --run-dir";
}

}  // namespace payferry

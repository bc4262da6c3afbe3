#include "loader/commands/account_guard.hpp"

namespace payferry {

namespace asio = boost::asio;

std::optional<std::string> other_account(const Manifest& run, const AccountDetails& now) {
  if (run.account.empty() || now.portal_id.empty() || run.account == now.portal_id) {
    return std::nullopt;
  }
  return "This run was begun in the HubSpot account " + run.account +
         ", but the token given now is of the account " + now.portal_id +
         ": give a token of the first; to load into the other one, choose another --run-dir";
}

asio::awaitable<std::optional<AccountDetails>> ask_account(HubSpotSession& session,
                                                           const Manifest& run) {
  const ApiCall details(Endpoint::account_details, "");
  const std::optional<Answer> answer = co_await session.asker().ask_once(details);
  auto account = answer ? decode_account_details(answer->body) : std::nullopt;
  if (!account) co_return std::nullopt;
  if (const auto refusal = other_account(run, *account))
    session.stop().request(StopReason::unusable, *refusal);
  if (auto midnights = midnights_of(*account)) session.admission().set_midnights(*midnights);
  co_return std::move(account);
}

}  // namespace payferry

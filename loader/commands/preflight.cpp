#include "loader/commands/preflight.hpp"

#include "loader/calls/asker.hpp"
#include "loader/commands/account_guard.hpp"

namespace payferry {

namespace asio = boost::asio;

asio::awaitable<AccountSurvey> run_preflight(const Settings& settings, const Manifest& run,
                                             HubSpotApi& api, Admission& admission, Time& time,
                                             HubSpotClock& clock, StopSignal& stop,
                                             std::mt19937_64& random) {
  Asker asker(settings, api, admission, time, clock, stop, random);
  AccountSurvey survey = co_await survey_account(settings, asker);
  if (survey.details) {
    if (const auto refusal = other_account(run, *survey.details))
      stop.request(StopReason::unusable, *refusal);
  }
  const std::string refusal = survey.refusal();
  if (!refusal.empty()) stop.request(StopReason::unusable, refusal);
  if (const auto midnights = survey.midnights()) admission.set_midnights(*midnights);
  co_return std::move(survey);
}

}  // namespace payferry

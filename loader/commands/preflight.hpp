#pragma once

#include <boost/asio/awaitable.hpp>
#include <random>

#include "config/settings.hpp"
#include "loader/commands/account_survey.hpp"
#include "loader/delivery/stop_signal.hpp"
#include "loader/run/manifest.hpp"
#include "net/admission.hpp"
#include "net/hubspot_api.hpp"
#include "net/hubspot_clock.hpp"
#include "net/time.hpp"

namespace payferry {

/// What is found out of the account before the first write, so that a wrong token, a missing scope,
/// an unknown or read-only property or an id_property that is not unique costs nobody a single
/// refused record; and so that a run goes on where it was begun. All references must outlive the
/// call. Asks `stop` to end the run where it cannot begin or go on.
boost::asio::awaitable<AccountSurvey> run_preflight(const Settings& settings, const Manifest& run,
                                                    HubSpotApi& api, Admission& admission,
                                                    Time& time, HubSpotClock& clock,
                                                    StopSignal& stop, std::mt19937_64& random);

}  // namespace payferry

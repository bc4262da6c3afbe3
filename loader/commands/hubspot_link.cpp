#include "loader/commands/hubspot_link.hpp"

#include <utility>

namespace payferry {

namespace {

AdmissionOptions admission_options(Access& access, bool wait_for_midnight) {
  AdmissionOptions options;
  options.wait_for_midnight = wait_for_midnight;
  options.budget = std::move(access.budget);
  return options;
}

}  // namespace

HubSpotLink::HubSpotLink(const Settings& settings, Time& time,
                         const boost::asio::any_io_executor& executor, bool wait_for_midnight)
    : pool(settings.hubspot, settings.retry, time, executor),
      access(open_access(settings, pool, time, executor)),
      client(settings.hubspot, pool.base_url().path, pool, *access.authorization),
      admission(settings.limits, time, executor, admission_options(access, wait_for_midnight)) {}

}  // namespace payferry

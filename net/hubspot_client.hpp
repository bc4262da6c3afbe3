#pragma once

#include <string>

#include "config/settings.hpp"
#include "net/authorization.hpp"
#include "net/hubspot_api.hpp"
#include "net/transport.hpp"

namespace payferry {

/// HubSpot over a Transport: where each call goes, and as whom.
/// Thread: the network's. `transport` and `authorization` must outlive it.
class HubSpotClient final : public HubSpotApi {
 public:
  /// `path_prefix` is base_url's path.
  HubSpotClient(const HubSpotSettings& settings, const std::string& path_prefix,
                Transport& transport, Authorization& authorization);

  boost::asio::awaitable<Answer> call(const ApiCall& call, SendListener& listener) override;

 private:
  std::string target_of(const ApiCall& call) const;

  std::string path_prefix_;
  std::string api_version_;
  std::string object_;
  Transport& transport_;
  Authorization& authorization_;
};

}  // namespace payferry

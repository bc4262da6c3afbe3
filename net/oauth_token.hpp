#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <string>

#include "config/secret.hpp"
#include "net/authorization.hpp"
#include "net/event.hpp"
#include "net/time.hpp"
#include "net/transport.hpp"

namespace payferry {

struct OAuthCredentials {
  Secret client_id;
  Secret client_secret;
  Secret refresh_token;
};

/// An OAuth app's access token, renewed before it expires (contract §9.2). Requests that come
/// meanwhile wait for the one renewal. Tokens of which HubSpot takes none are given up after a few.
/// Thread: the network's. `transport` and `time` must outlive it.
class OAuthToken final : public Authorization {
 public:
  /// `path_prefix` is base_url's path; the token endpoint is /oauth/v1/token below it.
  OAuthToken(OAuthCredentials credentials, const std::string& path_prefix, Transport& transport,
             Time& time, boost::asio::any_io_executor executor);

  boost::asio::awaitable<tl::expected<AuthorizationHeader, AuthorizationFailure>> header() override;
  void invalidate(std::uint64_t issue) override;
  void accepted() override { refused_in_a_row_ = 0; }

 private:
  bool is_fresh() const;
  boost::asio::awaitable<void> renew();
  std::string form() const;
  void take(const Answer& answer);
  void refuse(const Answer& answer);
  /// Wherever the server repeats them, as they are or as they were sent.
  void mask_credentials(std::string& text) const;

  OAuthCredentials credentials_;
  std::string target_;
  Transport& transport_;
  Time& time_;
  Secret header_;
  std::uint64_t issue_ = 0;  ///< of the header; the token endpoint may give the same token again
  SteadyPoint renew_at_{};
  std::optional<AuthorizationFailure> failure_;  ///< of the last renewal
  unsigned refused_in_a_row_ = 0;                ///< tokens, none taken in between
  bool is_renewing_ = false;
  Event changed_;
};

}  // namespace payferry

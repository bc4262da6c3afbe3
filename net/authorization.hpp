#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "model/answer.hpp"

namespace payferry {

/// Why there is no access token. Has a constructor, so that it may stand beside an await.
struct AuthorizationFailure {
  AuthorizationFailure(bool final, std::string why) : is_permanent(final), text(std::move(why)) {}

  bool is_permanent;  ///< another try will not change it: the run stops (exit 4)
  std::string text;   ///< one sentence for people, without any secret
  FailureKind cause = FailureKind::none;
  std::optional<std::chrono::seconds> retry_after;
};

/// What one request is sent with. Has a constructor, so that it may stand beside an await.
struct AuthorizationHeader {
  AuthorizationHeader() = default;
  AuthorizationHeader(std::string whole, std::uint64_t number)
      : value(std::move(whole)), issue(number) {}

  std::string value;        ///< the header's whole value
  std::uint64_t issue = 0;  ///< tells a token from the next, which may read the same
};

/// Gives requests their Authorization header. Thread: the network's.
class Authorization {
 public:
  virtual ~Authorization() = default;

  /// Cancelling throws operation_aborted.
  virtual boost::asio::awaitable<tl::expected<AuthorizationHeader, AuthorizationFailure>>
  header() = 0;

  /// HubSpot answered 401 EXPIRED_AUTHENTICATION to a request with the header of this issue: do not
  /// use it again. Without effect where it is not the one in use any more, or where nothing else
  /// can be had.
  virtual void invalidate(std::uint64_t issue) = 0;
  /// HubSpot took a request with a header given out here, whatever it made of it otherwise.
  virtual void accepted() = 0;
};

}  // namespace payferry

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/simulator/core/api_error.hpp"
#include "bench/simulator/core/random.hpp"
#include "bench/simulator/core/route.hpp"
#include "bench/simulator/core/simulator_options.hpp"
#include "model/instant.hpp"

namespace payferry::simulator {

/// Who a request comes from.
struct Caller {
  std::string app;     ///< whose limits it counts against
  bool oauth = false;  ///< has no daily limit (contract §4.1)
};

/// Tokens, static ones and those of one OAuth app, and what they may do (contract §3.6, §9).
class Authentication {
 public:
  explicit Authentication(const AccessOptions& options) : options_(options) {}

  /// The caller, or nothing and the 401 in `error`.
  std::optional<Caller> identify(std::string_view authorization, Instant now,
                                 ApiError& error) const;
  /// The 403, where a scope is missing that the operation needs on objects of `object_scope`.
  std::optional<ApiError> check_scopes(Operation operation, std::string_view object_scope) const;

  struct TokenAnswer {
    int status = 200;
    std::string body;
  };
  /// POST /oauth/v1/token with a form body (contract §9.2, §9.3).
  TokenAnswer give_token(std::string_view form, Instant now, Random& random);
  /// From now on the OAuth access token of this request is expired.
  void expire(std::string_view authorization, Instant now);

 private:
  bool is_static(std::string_view token) const;
  std::optional<Caller> identify_oauth(std::string_view token, Instant now, ApiError& error) const;

  AccessOptions options_;
  std::map<std::string, Instant, std::less<>> expiry_;  ///< of OAuth access tokens
};

/// 401 EXPIRED_AUTHENTICATION; `expiry` 1970 is what a token gets that never was one.
ApiError expired_token(Instant expiry, Instant now);

}  // namespace payferry::simulator

#pragma once

#include "config/secret.hpp"
#include "net/authorization.hpp"

namespace payferry {

/// A private app's token or a service key: never expires (contract §9.1).
class StaticToken final : public Authorization {
 public:
  explicit StaticToken(Secret token) : token_(std::move(token)) {}

  boost::asio::awaitable<tl::expected<AuthorizationHeader, AuthorizationFailure>> header() override;
  void invalidate(std::uint64_t) override {}
  void accepted() override {}

 private:
  Secret token_;
};

}  // namespace payferry

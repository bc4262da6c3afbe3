#include "net/static_token.hpp"

namespace payferry {

boost::asio::awaitable<tl::expected<AuthorizationHeader, AuthorizationFailure>>
StaticToken::header() {
  std::string value = "Bearer ";
  value.append(token_.reveal());
  co_return AuthorizationHeader(std::move(value), 0);
}

}  // namespace payferry

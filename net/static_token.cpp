#include "net/static_token.hpp"

namespace payferry {

boost::asio::awaitable<tl::expected<std::string, AuthorizationFailure>> StaticToken::header() {
  std::string value = "Bearer ";
  value.append(token_.reveal());
  co_return std::move(value);
}

}  // namespace payferry

#include "net/resolver.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <memory>

namespace payferry {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// One look-up. Shared with its handler, since a look-up cannot be cut short: it may end long after
/// it is wanted.
struct LookUp {
  explicit LookUp(const asio::any_io_executor& executor) : resolver(executor), done(executor) {}

  tcp::resolver resolver;
  asio::steady_timer done;  ///< cancelled when the answer is there
  bool is_done = false;
  boost::system::error_code error;
  Endpoints endpoints;

  static void start(const std::shared_ptr<LookUp>& look_up, const std::string& host,
                    std::uint16_t port) {
    look_up->resolver.async_resolve(host, std::to_string(port), tcp::resolver::numeric_service,
                                    [look_up](const boost::system::error_code& failure,
                                              const tcp::resolver::results_type& results) {
                                      look_up->is_done = true;
                                      look_up->error = failure;
                                      for (const auto& result : results)
                                        look_up->endpoints.push_back(result.endpoint());
                                      look_up->done.cancel();
                                    });
  }
};

}  // namespace

asio::awaitable<tl::expected<Endpoints, std::string>> SystemResolver::resolve(
    const std::string& host, std::uint16_t port, std::chrono::steady_clock::time_point deadline) {
  boost::system::error_code no_literal;
  const auto address = asio::ip::make_address(host, no_literal);
  if (!no_literal) co_return Endpoints(1, tcp::endpoint(address, port));

  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  const auto look_up = std::make_shared<LookUp>(executor);
  look_up->done.expires_at(deadline);
  LookUp::start(look_up, host, port);
  boost::system::error_code woken;
  co_await look_up->done.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  if (!look_up->is_done) {
    look_up->resolver.cancel();
    if (woken) throw boost::system::system_error(asio::error::operation_aborted);
    co_return tl::unexpected(std::string("no answer from the name server in time"));
  }
  if (look_up->error) co_return tl::unexpected(look_up->error.message());
  co_return std::move(look_up->endpoints);
}

Endpoints interleaved(const Endpoints& endpoints) {
  Endpoints six, four, result;
  for (const auto& endpoint : endpoints)
    (endpoint.address().is_v6() ? six : four).push_back(endpoint);
  for (std::size_t i = 0; i < std::max(six.size(), four.size()); ++i) {
    if (i < six.size()) result.push_back(six[i]);
    if (i < four.size()) result.push_back(four[i]);
  }
  return result;
}

}  // namespace payferry

#include "net/resolver.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <memory>
#include <mutex>
#include <thread>

namespace payferry {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// One look-up. It cannot be cut short, so that it has a thread of its own for which nobody waits:
/// neither a stop nor the end of the process is held up by a name server.
struct LookUp {
  std::mutex mutex;
  asio::steady_timer* waiter = nullptr;  ///< cancelled at the answer; null: nobody waits any more
  bool is_done = false;
  boost::system::error_code error;
  Endpoints endpoints;
};

/// For as long as somebody waits.
class Waiting {
 public:
  Waiting(LookUp& look_up, asio::steady_timer& timer) : look_up_(look_up) { set(&timer); }
  ~Waiting() { set(nullptr); }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  void set(asio::steady_timer* timer) {
    const std::lock_guard lock(look_up_.mutex);
    look_up_.waiter = timer;
  }

  LookUp& look_up_;
};

/// Whoever waits keeps the executor alive, and may have gone by the time his thread comes to it.
void end(const std::shared_ptr<LookUp>& look_up) {
  look_up->is_done = true;
  if (look_up->waiter == nullptr) return;
  asio::post(look_up->waiter->get_executor(), [look_up] {
    if (look_up->waiter != nullptr) look_up->waiter->cancel();
  });
}

void run(const std::shared_ptr<LookUp>& look_up, const std::string& host, std::uint16_t port) {
  asio::io_context context;
  tcp::resolver resolver(context);
  boost::system::error_code error;
  const auto results =
      resolver.resolve(host, std::to_string(port), tcp::resolver::numeric_service, error);
  const std::lock_guard lock(look_up->mutex);
  look_up->error = error;
  for (const auto& result : results) look_up->endpoints.push_back(result.endpoint());
  end(look_up);
}

}  // namespace

asio::awaitable<tl::expected<Endpoints, std::string>> SystemResolver::resolve(
    const std::string& host, std::uint16_t port, std::chrono::steady_clock::time_point deadline) {
  boost::system::error_code no_literal;
  const auto address = asio::ip::make_address(host, no_literal);
  if (!no_literal) co_return Endpoints(1, tcp::endpoint(address, port));

  asio::steady_timer done(co_await asio::this_coro::executor, deadline);
  const auto look_up = std::make_shared<LookUp>();
  boost::system::error_code woken;
  {
    const Waiting waiting(*look_up, done);
    std::thread([look_up, host, port] { run(look_up, host, port); }).detach();
    co_await done.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  }
  const std::lock_guard lock(look_up->mutex);
  if (!look_up->is_done) {
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

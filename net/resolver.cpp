#include "net/resolver.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

namespace payferry {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

tl::expected<Endpoints, std::string> ask_system(const std::string& host, std::uint16_t port) {
  asio::io_context context;
  tcp::resolver resolver(context);
  boost::system::error_code error;
  const auto results =
      resolver.resolve(host, std::to_string(port), tcp::resolver::numeric_service, error);
  if (error) return tl::unexpected(error.message());
  Endpoints endpoints;
  for (const auto& result : results) endpoints.push_back(result.endpoint());
  return endpoints;
}

}  // namespace

/// One look-up. It cannot be cut short, so that it has a thread of its own for which nobody waits:
/// neither a stop nor the end of the process is held up by a name server.
struct SystemResolver::LookUp {
  std::mutex mutex;
  std::vector<asio::steady_timer*> waiters;  ///< cancelled at the answer
  std::optional<tl::expected<Endpoints, std::string>> answer;

  std::optional<tl::expected<Endpoints, std::string>> answer_now() {
    const std::lock_guard lock(mutex);
    return answer;
  }
};

/// For as long as somebody waits.
class SystemResolver::Waiting {
 public:
  Waiting(LookUp& look_up, asio::steady_timer& timer) : look_up_(look_up), timer_(timer) {
    const std::lock_guard lock(look_up_.mutex);
    look_up_.waiters.push_back(&timer_);
  }
  ~Waiting() {
    const std::lock_guard lock(look_up_.mutex);
    std::erase(look_up_.waiters, &timer_);
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  LookUp& look_up_;
  asio::steady_timer& timer_;
};

SystemResolver::SystemResolver() : SystemResolver(ask_system) {}

/// Whoever waits keeps the executor alive, and may have gone by the time his thread comes to it.
void SystemResolver::run(const std::shared_ptr<LookUp>& look_up, const Ask& ask, const Name& name) {
  auto answer = ask(name.first, name.second);
  const std::lock_guard lock(look_up->mutex);
  look_up->answer = std::move(answer);
  for (asio::steady_timer* const waiter : look_up->waiters) {
    asio::post(waiter->get_executor(), [look_up, waiter] {
      const auto& waiters = look_up->waiters;
      if (std::find(waiters.begin(), waiters.end(), waiter) != waiters.end()) waiter->cancel();
    });
  }
}

auto SystemResolver::begin_or_join(const Name& name)
    -> tl::expected<std::shared_ptr<LookUp>, std::string> {
  auto under_way = under_way_[name].lock();
  if (under_way && !under_way->answer_now()) return under_way;
  auto look_up = std::make_shared<LookUp>();
  try {
    std::thread([look_up, ask = ask_, name] { run(look_up, ask, name); }).detach();
  } catch (const std::system_error&) {
    return tl::unexpected(std::string("no thread to look it up with"));
  }
  under_way_[name] = look_up;
  return look_up;
}

asio::awaitable<tl::expected<Endpoints, std::string>> SystemResolver::resolve(
    const std::string& host, std::uint16_t port, std::chrono::steady_clock::time_point deadline) {
  boost::system::error_code no_literal;
  const auto address = asio::ip::make_address(host, no_literal);
  if (!no_literal) co_return Endpoints(1, tcp::endpoint(address, port));

  asio::steady_timer done(co_await asio::this_coro::executor, deadline);
  const Name name(host, port);
  const auto look_up = begin_or_join(name);
  if (!look_up) co_return tl::unexpected(look_up.error());
  const Waiting waiting(**look_up, done);
  boost::system::error_code woken;
  if (!(*look_up)->answer_now())
    co_await done.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  if (auto answer = (*look_up)->answer_now()) co_return *std::move(answer);
  if (woken) throw boost::system::system_error(asio::error::operation_aborted);
  co_return tl::unexpected(std::string("no answer from the name server in time"));
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

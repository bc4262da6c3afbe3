#include "net/connector.hpp"

#include "net/host_text.hpp"
#include "net/read_answer.hpp"

namespace payferry {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

namespace {

/// Waits for what a blocked flush or read needs; false on timeout.
asio::awaitable<bool> wait_for(Channel& channel, Channel::Progress flushed) {
  const auto readiness = flushed == Channel::Progress::blocked ? Channel::Readiness::writable
                                                               : Channel::Readiness::readable;
  const auto end = co_await channel.wait(readiness);
  co_return end == Channel::WaitEnd::ready;
}

}  // namespace

Connector::Connector(BaseUrl target, std::optional<Proxy> proxy, TlsContext* tls,
                     Resolver& resolver, asio::any_io_executor executor)
    : target_(std::move(target)),
      proxy_(std::move(proxy)),
      tls_(tls),
      addresses_(resolver, proxy_ ? proxy_->host : target_.host,
                 proxy_ ? proxy_->port : target_.port, std::move(executor)) {}

std::string Connector::peer() const {
  return proxy_ ? "the proxy " + host_and_port(proxy_->host, proxy_->port)
                : host_and_port(target_.host, target_.port);
}

asio::awaitable<Connector::Opened> Connector::open(std::chrono::milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  auto socket = co_await connect(deadline);
  if (!socket) co_return tl::unexpected(std::move(socket.error()));
  auto channel = std::make_unique<Channel>(std::move(*socket));
  channel->deadline().set(deadline);
  Failure failure;
  if (proxy_) failure = co_await tunnel(*channel);
  if (!failure && tls_ != nullptr) failure = co_await shake_hands(*channel);
  if (failure) co_return tl::unexpected(std::move(*failure));
  channel->deadline().clear();
  co_return std::move(channel);
}

asio::awaitable<tl::expected<asio::ip::tcp::socket, ConnectFailure>> Connector::connect(
    Clock::time_point deadline) {
  const auto endpoints = co_await addresses_.addresses(deadline);
  if (!endpoints) {
    const std::string text = "the address of " + peer() + " cannot be found (" + endpoints.error() +
                             "); check the name and this machine's name servers";
    co_return tl::unexpected(ConnectFailure(FailureKind::unresolved, text));
  }
  auto socket = co_await connect_first(*endpoints, deadline);
  if (socket) co_return std::move(*socket);
  addresses_.forget();
  const std::string text = "no connection to " + peer() + " (" + socket.error().text +
                           "); check base_url, the proxy, the network and its firewall";
  co_return tl::unexpected(ConnectFailure(socket.error().kind, text));
}

std::string Connector::connect_request() const {
  const std::string host = host_and_port(target_.host, target_.port);
  std::string request = "CONNECT " + host + " HTTP/1.1\r\nHost: " + host + "\r\n";
  if (!proxy_->authorization.empty())
    request += "Proxy-Authorization: " + proxy_->authorization + "\r\n";
  return request + "\r\n";
}

ConnectFailure Connector::proxy_refusal(int status) const {
  std::string text = peer() + " answered " + std::to_string(status) + " when asked for a way to " +
                     host_and_port(target_.host, target_.port);
  if (status != 407) {
    text += "; check that it may connect there, or go without it by NO_PROXY";
  } else if (proxy_->authorization.empty()) {
    text +=
        ": it wants credentials; put them into its URL as in \"http://user:password@proxy:3128\"";
  } else {
    text += ": it does not take the credentials in its URL; correct them";
  }
  return ConnectFailure(FailureKind::proxy_refused, text);
}

asio::awaitable<Connector::Failure> Connector::tunnel(Channel& channel) {
  AnswerParser parser;
  parser.start(false);
  channel.put(connect_request());
  while (channel.flush() == Channel::Progress::blocked) {
    const bool is_ready = co_await wait_for(channel, Channel::Progress::blocked);
    if (!is_ready) break;
  }
  const AnswerEnd end = co_await read_answer(channel, parser);
  if (end == AnswerEnd::timeout) {
    co_return ConnectFailure(FailureKind::timeout,
                             peer() + " did not answer in time; check that it is up");
  }
  if (end == AnswerEnd::complete) {
    const int status = parser.take(Instant()).status;
    if (status / 100 != 2) co_return proxy_refusal(status);
    if (!parser.has_surplus()) co_return std::nullopt;
  }
  co_return ConnectFailure(
      FailureKind::proxy_refused,
      peer() + " gave no answer that an HTTP proxy gives; check its host and port");
}

asio::awaitable<Connector::Failure> Connector::shake_hands(Channel& channel) {
  channel.start_tls(*tls_);
  for (;;) {
    const auto shaken = channel.handshake();
    const auto flushed = channel.flush();
    if (shaken == Channel::Progress::failed || flushed == Channel::Progress::failed) {
      TlsFailure failure = channel.handshake_failure();
      co_return ConnectFailure(failure.kind, std::move(failure.text));
    }
    if (shaken == Channel::Progress::done && flushed == Channel::Progress::done)
      co_return std::nullopt;
    const bool is_ready = co_await wait_for(channel, flushed);
    if (!is_ready) {
      const std::string text = host_and_port(target_.host, target_.port) +
                               " did not end the TLS handshake in time; check the network";
      co_return ConnectFailure(FailureKind::timeout, text);
    }
  }
}

}  // namespace payferry

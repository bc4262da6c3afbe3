#include "bench/simulator/server/connection.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdio>
#include <string>
#include <utility>

namespace payferry::simulator {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Stream = asio::ssl::stream<tcp::socket>;

constexpr std::uint64_t kMostBodyBytes = std::uint64_t{64} * 1024 * 1024;

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

std::string http_date(Instant instant) {
  const auto seconds = std::chrono::system_clock::to_time_t(instant);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[40];
  std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return text;
}

template <class Value>
void append_header(std::string& out, std::string_view name, const std::optional<Value>& value) {
  if (!value) return;
  out.append(name).append(": ").append(std::to_string(*value)).append("\r\n");
}

std::optional<std::int64_t> count_of(std::optional<std::chrono::milliseconds> duration) {
  return duration ? std::optional(duration->count()) : std::nullopt;
}

std::optional<std::int64_t> count_of(std::optional<std::chrono::seconds> duration) {
  return duration ? std::optional(duration->count()) : std::nullopt;
}

std::string head_of(const SimulatedReply& reply, bool keep_alive) {
  std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " ";
  const auto reason =
      http::obsolete_reason(http::int_to_status(static_cast<unsigned>(reply.status)));
  head.append(reason.data(), reason.size());
  head += "\r\nDate: " + http_date(reply.date) + "\r\n";
  if (reply.status != 204) {
    head.append("Content-Type: ").append(reply.content_type);
    head += "\r\nContent-Length: " + std::to_string(reply.body.size()) + "\r\n";
  }
  append_header(head, "X-HubSpot-RateLimit-Max", reply.rate.max);
  append_header(head, "X-HubSpot-RateLimit-Remaining", reply.rate.remaining);
  append_header(head, "X-HubSpot-RateLimit-Interval-Milliseconds", count_of(reply.rate.interval));
  append_header(head, "X-HubSpot-RateLimit-Daily", reply.rate.daily);
  append_header(head, "X-HubSpot-RateLimit-Daily-Remaining", reply.rate.daily_remaining);
  append_header(head, "Retry-After", count_of(reply.retry_after));
  if (!reply.correlation_id.empty())
    head += "X-HubSpot-Correlation-Id: " + reply.correlation_id + "\r\n";
  head += keep_alive ? "\r\n" : "Connection: close\r\n\r\n";
  return head;
}

// Since the last byte of a request arrived. The kernel counts ticks of up to 10 ms, so that less is
// no more than rounding.
std::chrono::milliseconds waited_in_kernel(tcp::socket& socket) {
  constexpr std::chrono::milliseconds kTick{10};
  tcp_info info{};
  socklen_t size = sizeof info;
  if (getsockopt(socket.native_handle(), IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return {};
  const std::chrono::milliseconds since_last_byte(info.tcpi_last_data_recv);
  return since_last_byte > kTick ? since_last_byte : std::chrono::milliseconds(0);
}

// Closed with data lost on purpose: the client sees a reset, not an end.
void reset(Stream& stream) {
  boost::system::error_code ignored;
  stream.next_layer().set_option(asio::socket_base::linger(true, 0), ignored);
  stream.next_layer().close(ignored);
}

}  // namespace

struct Connections::Impl {
  Impl(const ServerIdentity& identity, RequestHandler& the_handler);

  asio::awaitable<void> converse(Stream& stream);
  asio::awaitable<bool> exchange(Stream& stream, boost::beast::flat_buffer& buffer);
  static asio::awaitable<bool> deliver(Stream& stream, const SimulatedReply& reply,
                                       bool keep_alive);

  asio::ssl::context tls{asio::ssl::context::tls_server};
  RequestHandler& handler;
};

Connections::Impl::Impl(const ServerIdentity& identity, RequestHandler& the_handler)
    : handler(the_handler) {
  tls.use_certificate_chain(asio::buffer(identity.certificate));
  tls.use_private_key(asio::buffer(identity.private_key), asio::ssl::context::pem);
  constexpr unsigned char kSessionContext[] = "payferry-sim";
  SSL_CTX_set_session_id_context(tls.native_handle(), kSessionContext, sizeof kSessionContext - 1);
}

asio::awaitable<void> Connections::Impl::converse(Stream& stream) {
  const auto shaken = co_await stream.async_handshake(asio::ssl::stream_base::server,
                                                      asio::as_tuple(asio::use_awaitable));
  if (std::get<0>(shaken)) co_return;
  handler.handshaken(SSL_session_reused(stream.native_handle()) == 1);
  boost::beast::flat_buffer buffer;
  while (co_await exchange(stream, buffer)) {
  }
}

/// One request and its answer; false where the connection has ended.
asio::awaitable<bool> Connections::Impl::exchange(Stream& stream,
                                                  boost::beast::flat_buffer& buffer) {
  http::request_parser<http::string_body> parser;
  parser.body_limit(kMostBodyBytes);
  const auto read =
      co_await http::async_read(stream, buffer, parser, asio::as_tuple(asio::use_awaitable));
  if (std::get<0>(read)) co_return false;
  const auto& message = parser.get();
  const SimulatedRequest request{.method = view(message.method_string()),
                                 .target = view(message.target()),
                                 .authorization = view(message[http::field::authorization]),
                                 .body = message.body(),
                                 .waited = waited_in_kernel(stream.next_layer())};
  const SimulatedReply reply = handler.handle(request);
  if (reply.delay > request.waited) {
    asio::steady_timer timer(stream.get_executor(), reply.delay - request.waited);
    co_await timer.async_wait(asio::use_awaitable);
  }
  co_return co_await deliver(stream, reply, message.keep_alive());
}

asio::awaitable<bool> Connections::Impl::deliver(Stream& stream, const SimulatedReply& reply,
                                                 bool keep_alive) {
  if (reply.delivery == Delivery::dropped) {
    reset(stream);
    co_return false;
  }
  std::string bytes = head_of(reply, keep_alive);
  const bool whole = reply.delivery == Delivery::answered;
  bytes.append(reply.body, 0, whole ? reply.body.size() : reply.sent_bytes);
  const auto written =
      co_await asio::async_write(stream, asio::buffer(bytes), asio::as_tuple(asio::use_awaitable));
  co_return !std::get<0>(written) && whole && keep_alive;
}

Connections::Connections(const ServerIdentity& identity, RequestHandler& handler)
    : impl_(std::make_unique<Impl>(identity, handler)) {}

Connections::~Connections() = default;

asio::awaitable<void> Connections::serve(tcp::socket socket) {
  impl_->handler.accepted();
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  Stream stream(std::move(socket), impl_->tls);
  try {
    co_await impl_->converse(stream);
  } catch (const boost::system::system_error&) {
    // Cancelled: the server is ending.
  }
  stream.next_layer().close(ignored);
}

}  // namespace payferry::simulator

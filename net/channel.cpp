#include "net/channel.hpp"

#include <netinet/tcp.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <cerrno>
#include <system_error>
#include <utility>

namespace payferry {

namespace asio = boost::asio;

namespace {

std::optional<std::chrono::microseconds> round_trip_of(int socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return std::nullopt;
  return std::chrono::microseconds(info.tcpi_rtt);
}

/// SSL_get_error() looks at what earlier calls left. Nearly always that is nothing, and looking is
/// cheaper than clearing.
void forget_tls_errors() {
  if (ERR_peek_error() != 0) ERR_clear_error();
}

bool would_block(int error_number) {
  return error_number == EAGAIN || error_number == EWOULDBLOCK || error_number == EINTR;
}

}  // namespace

Channel::Progress Channel::Wire::flush() {
  while (flushed < outbox.size()) {
    // Unlike OpenSSL's own socket BIO this raises no SIGPIPE.
    const ssize_t taken = ::send(socket, outbox.data() + flushed, outbox.size() - flushed,
                                 MSG_NOSIGNAL | MSG_DONTWAIT);
    if (taken < 0 && errno == EINTR) continue;
    if (taken < 0 && would_block(errno)) return Progress::blocked;
    if (taken < 0) {
      error_number = errno;
      return Progress::failed;
    }
    flushed += static_cast<std::size_t>(taken);
    sent += static_cast<std::uint64_t>(taken);
  }
  outbox.clear();
  flushed = 0;
  return Progress::done;
}

Channel::Progress Channel::Wire::receive(std::span<char> into, std::size_t& size) {
  if (drained) return Progress::blocked;
  const ssize_t got = ::recv(socket, into.data(), into.size(), MSG_DONTWAIT);
  if (got < 0 && would_block(errno)) {
    drained = true;
    return Progress::blocked;
  }
  if (got < 0) {
    error_number = errno;
    return Progress::failed;
  }
  at_end = got == 0;
  if (at_end) return Progress::closed;
  size = static_cast<std::size_t>(got);
  drained = size < into.size();
  received += size;
  return Progress::done;
}

/// OpenSSL's view of a Wire: reads come from the socket, writes are gathered in the outbox.
struct Channel::SocketBio {
  static Wire& wire_of(BIO* bio) { return *static_cast<Wire*>(BIO_get_data(bio)); }

  static int write(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    wire_of(bio).outbox.append(data, static_cast<std::size_t>(size));
    return size;
  }

  static int read(BIO* bio, char* data, int size) {
    BIO_clear_retry_flags(bio);
    std::size_t got = 0;
    const auto progress = wire_of(bio).receive({data, static_cast<std::size_t>(size)}, got);
    if (progress == Progress::done) return static_cast<int>(got);
    if (progress == Progress::blocked) BIO_set_retry_read(bio);
    return progress == Progress::closed ? 0 : -1;
  }

  static long control(BIO* bio, int command, long, void*) {
    if (command == BIO_CTRL_EOF) return wire_of(bio).at_end ? 1 : 0;
    return command == BIO_CTRL_FLUSH ? 1 : 0;
  }

  static const BIO_METHOD* method() {
    static const std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)> method = [] {
      BIO_METHOD* made =
          BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "payferry socket");
      BIO_meth_set_write(made, write);
      BIO_meth_set_read(made, read);
      BIO_meth_set_ctrl(made, control);
      return std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)>(made, BIO_meth_free);
    }();
    return method.get();
  }
};

Channel::Channel(asio::ip::tcp::socket socket) : socket_(std::move(socket)), deadline_(socket_) {
  wire_.socket = socket_.native_handle();
  round_trip_ = round_trip_of(wire_.socket);
  boost::system::error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

Channel::~Channel() {
  close();
}

void Channel::start_tls(TlsContext& context) {
  handshake_began_ = std::chrono::steady_clock::now();
  tls_ = context.new_session();
  tls_host_ = context.host();
  BIO* bio = BIO_new(SocketBio::method());
  if (bio == nullptr) throw std::bad_alloc();
  BIO_set_data(bio, &wire_);
  BIO_set_init(bio, 1);
  SSL_set_bio(tls_.get(), bio, bio);
}

Channel::Progress Channel::handshake() {
  forget_tls_errors();
  const int result = SSL_do_handshake(tls_.get());
  if (result == 1) {
    handshake_time_ = duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                               handshake_began_);
    return Progress::done;
  }
  const int error = SSL_get_error(tls_.get(), result);
  return error == SSL_ERROR_WANT_READ ? Progress::blocked : Progress::failed;
}

TlsFailure Channel::handshake_failure() const {
  if (wire_.error_number != 0 || wire_.at_end) {
    forget_tls_errors();
    return TlsFailure(FailureKind::closed, tls_host_ +
                                               " closed the connection during the TLS handshake (" +
                                               error() + "); check base_url and the proxy");
  }
  return explain_tls_failure(*tls_, tls_host_);
}

bool Channel::session_was_resumed() const {
  return tls_ && SSL_session_reused(tls_.get()) == 1;
}

bool Channel::put(std::string_view bytes) {
  if (!tls_) {
    wire_.outbox.append(bytes);
    return true;
  }
  while (!bytes.empty()) {
    forget_tls_errors();
    std::size_t taken = 0;
    if (SSL_write_ex(tls_.get(), bytes.data(), bytes.size(), &taken) != 1) {
      tls_error_ = take_tls_errors();
      return false;
    }
    bytes.remove_prefix(taken);
  }
  return true;
}

Channel::Progress Channel::flush() {
  return wire_.flush();
}

Channel::Progress Channel::read(std::span<char> into, std::size_t& size) {
  Progress progress{};
  if (!tls_) {
    progress = wire_.receive(into, size);
  } else {
    forget_tls_errors();
    progress = after_tls_call(SSL_read_ex(tls_.get(), into.data(), into.size(), &size));
  }
  may_hold_more_ = progress == Progress::done;
  return progress;
}

Channel::Progress Channel::after_tls_call(int result) {
  if (result == 1) return Progress::done;
  switch (SSL_get_error(tls_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return Progress::blocked;
    case SSL_ERROR_ZERO_RETURN:
      return Progress::closed;
    default:
      tls_error_ = take_tls_errors();
      return Progress::failed;
  }
}

bool Channel::is_quiet() {
  if (!socket_.is_open()) return false;
  wire_.drained = false;
  char byte = 0;
  std::size_t size = 0;
  if (!tls_) return wire_.receive({&byte, 1}, size) == Progress::blocked;
  forget_tls_errors();
  // Session tickets and key updates may have come since; OpenSSL takes those in on the way.
  const auto progress = after_tls_call(SSL_peek_ex(tls_.get(), &byte, 1, &size));
  return progress == Progress::blocked && wire_.outbox.empty();
}

void Channel::close() {
  if (!socket_.is_open()) return;
  if (tls_ && SSL_is_init_finished(tls_.get()) && tls_error_.empty() && wire_.outbox.empty()) {
    forget_tls_errors();
    SSL_shutdown(tls_.get());
    wire_.flush();
    forget_tls_errors();
  }
  // A session freed without this counts as broken off, and OpenSSL would not resume it.
  if (tls_ && tls_error_.empty()) SSL_set_shutdown(tls_.get(), SSL_SENT_SHUTDOWN);
  deadline_.clear();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

asio::awaitable<boost::system::error_code> Channel::wait_either() {
  auto readable = socket_.async_wait(asio::ip::tcp::socket::wait_read, asio::deferred);
  auto writable = socket_.async_wait(asio::ip::tcp::socket::wait_write, asio::deferred);
  auto both = asio::experimental::make_parallel_group(std::move(readable), std::move(writable));
  const auto result =
      co_await both.async_wait(asio::experimental::wait_for_one(), asio::use_awaitable);
  const auto& [order, read_error, write_error] = result;
  co_return order[0] == 0 ? read_error : write_error;
}

asio::awaitable<void> Channel::let_others_have_their_turn() {
  co_await asio::post(socket_.get_executor(), asio::use_awaitable);
}

asio::awaitable<Channel::WaitEnd> Channel::wait(Readiness readiness) {
  wire_.drained = false;
  if (std::exchange(may_hold_more_, false) && readiness != Readiness::writable) {
    co_await let_others_have_their_turn();
    co_return deadline_.has_passed() ? WaitEnd::timeout : WaitEnd::ready;
  }
  if (deadline_.has_passed()) co_return WaitEnd::timeout;
  boost::system::error_code error;
  if (readiness == Readiness::either) {
    error = co_await wait_either();
  } else {
    const auto direction = readiness == Readiness::readable ? asio::ip::tcp::socket::wait_read
                                                            : asio::ip::tcp::socket::wait_write;
    co_await socket_.async_wait(direction, asio::redirect_error(asio::use_awaitable, error));
  }
  if (deadline_.has_passed()) co_return WaitEnd::timeout;
  if (error == asio::error::operation_aborted) throw boost::system::system_error(error);
  co_return WaitEnd::ready;  // any other error shows in the read or write that follows
}

std::string Channel::error() const {
  if (wire_.error_number != 0) return std::generic_category().message(wire_.error_number);
  if (wire_.at_end) return "closed by the far side";
  return tls_error_.empty() ? "unknown error" : tls_error_;
}

}  // namespace payferry

#include "support/scripted_peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <stdexcept>

namespace payferry::test {

namespace {

using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free)>;

BioPtr bio_of(const std::string& text) {
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
}

void linger_to_reset(int socket) {
  const linger now{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

class PlainStream : public PeerStream {
 public:
  explicit PlainStream(int socket) : socket_(socket) {}

  std::string read(std::size_t size) override {
    std::string bytes(size, '\0');
    const ssize_t got = ::recv(socket_, bytes.data(), size, 0);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }

  bool write(std::string_view bytes) override { return send_all(bytes); }

  bool write_in_pieces(std::string_view bytes, std::size_t piece) override {
    return send_in_pieces(bytes, piece);
  }

  void close() override { ::shutdown(socket_, SHUT_WR); }
  void cut() override { ::shutdown(socket_, SHUT_WR); }

  void reset() override {
    linger_to_reset(socket_);
    // An unconnected connect drops the connection at once, so that the descriptor stays ours.
    sockaddr nobody{};
    nobody.sa_family = AF_UNSPEC;
    ::connect(socket_, &nobody, sizeof nobody);
  }

  bool is_resumed() const override { return false; }

 protected:
  bool send_in_pieces(std::string_view bytes, std::size_t piece) {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
      if (!send_all(bytes.substr(0, piece))) return false;
    return true;
  }

  bool send_all(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  int socket_;
};

class TlsStream final : public PlainStream {
 public:
  TlsStream(int socket, SSL_CTX* context) : PlainStream(socket), tls_(SSL_new(context), SSL_free) {
    SSL_set_fd(tls_.get(), socket);
    SSL_set_msg_callback(tls_.get(), count_hello);
    SSL_set_msg_callback_arg(tls_.get(), &hellos_);
  }

  bool accept() {
    const bool is_done = SSL_accept(tls_.get()) == 1;
    ERR_clear_error();
    return is_done;
  }

  std::string read(std::size_t size) override {
    std::string bytes(size, '\0');
    const int got = SSL_read(tls_.get(), bytes.data(), static_cast<int>(size));
    ERR_clear_error();
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }

  bool write(std::string_view bytes) override {
    const bool is_taken =
        bytes.empty() || SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
    ERR_clear_error();
    return is_taken;
  }

  bool write_in_pieces(std::string_view bytes, std::size_t piece) override {
    BIO* const encrypted = BIO_new(BIO_s_mem());
    BIO* const socket = SSL_get_wbio(tls_.get());
    BIO_up_ref(socket);
    SSL_set0_wbio(tls_.get(), encrypted);
    write(bytes);
    char* data = nullptr;
    const long size = BIO_get_mem_data(encrypted, &data);
    const std::string on_the_wire(data, static_cast<std::size_t>(size));
    SSL_set0_wbio(tls_.get(), socket);
    return send_in_pieces(on_the_wire, piece);
  }

  void close() override {
    SSL_shutdown(tls_.get());
    ERR_clear_error();
    PlainStream::close();
  }

  void ask_to_renegotiate() override {
    SSL_renegotiate(tls_.get());
    SSL_do_handshake(tls_.get());
    ERR_clear_error();
  }

  int hellos() const override { return hellos_; }

  std::string cipher() const override { return SSL_get_cipher_name(tls_.get()); }

  bool is_resumed() const override { return SSL_session_reused(tls_.get()) == 1; }

 private:
  static void count_hello(int is_sent, int, int kind, const void* message, std::size_t, SSL*,
                          void* count) {
    const bool is_hello = is_sent == 0 && kind == SSL3_RT_HANDSHAKE &&
                          *static_cast<const unsigned char*>(message) == SSL3_MT_CLIENT_HELLO;
    if (is_hello) ++*static_cast<int*>(count);
  }

  int hellos_ = 0;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_;
};

int staple(SSL* session, void* status) {
  const auto& response = *static_cast<const std::string*>(status);
  auto* copy = static_cast<unsigned char*>(OPENSSL_memdup(response.data(), response.size()));
  SSL_set_tlsext_status_ocsp_resp(session, copy, static_cast<long>(response.size()));
  return SSL_TLSEXT_ERR_OK;
}

std::shared_ptr<SSL_CTX> make_context(const PeerTls& tls) {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  SSL_CTX_set_security_level(context.get(), 0);  // TLS 1.1 for the test that must see it refused
  SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
  if (tls.max_version != 0) SSL_CTX_set_max_proto_version(context.get(), tls.max_version);
  X509* certificate =
      PEM_read_bio_X509(bio_of(tls.certificate.certificate).get(), nullptr, nullptr, nullptr);
  EVP_PKEY* key =
      PEM_read_bio_PrivateKey(bio_of(tls.certificate.key).get(), nullptr, nullptr, nullptr);
  SSL_CTX_use_certificate(context.get(), certificate);
  SSL_CTX_use_PrivateKey(context.get(), key);
  X509_free(certificate);
  EVP_PKEY_free(key);
  const unsigned char id[] = "test";
  SSL_CTX_set_session_id_context(context.get(), id, sizeof id);
  if (!tls.client_ca.empty()) {
    X509* authority = PEM_read_bio_X509(bio_of(tls.client_ca).get(), nullptr, nullptr, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), authority);
    X509_free(authority);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  return context;
}

int listen_at(const char* address, std::uint16_t& port) {
  const bool is_ipv6 = std::string_view(address).find(':') != std::string_view::npos;
  const int listener = ::socket(is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in6 six{};
  sockaddr_in four{};
  six.sin6_family = AF_INET6;
  four.sin_family = AF_INET;
  ::inet_pton(AF_INET6, address, &six.sin6_addr);
  ::inet_pton(AF_INET, address, &four.sin_addr);
  auto* where = is_ipv6 ? reinterpret_cast<sockaddr*>(&six) : reinterpret_cast<sockaddr*>(&four);
  socklen_t size = is_ipv6 ? sizeof six : sizeof four;
  if (::bind(listener, where, size) != 0 || ::listen(listener, 128) != 0)
    throw std::runtime_error("cannot listen");
  ::getsockname(listener, where, &size);
  port = ntohs(is_ipv6 ? six.sin6_port : four.sin_port);
  return listener;
}

std::size_t content_length(const std::string& header) {
  const auto at = header.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::stoul(header.substr(at + 16));
}

}  // namespace

std::string PeerStream::read_request() {
  std::string request;
  std::size_t header_end = std::string::npos;
  while (header_end == std::string::npos) {
    const std::string bytes = read(16384);
    if (bytes.empty()) return {};
    request += bytes;
    header_end = request.find("\r\n\r\n");
  }
  const std::size_t whole = header_end + 4 + content_length(request.substr(0, header_end + 2));
  while (request.size() < whole) {
    const std::string bytes = read(whole - request.size());
    if (bytes.empty()) return {};
    request += bytes;
  }
  return request;
}

void PeerStream::read_to_end() {
  while (!read(16384).empty()) {
  }
}

void PeerStream::drip(std::string_view bytes, std::chrono::milliseconds interval) {
  for (std::size_t at = 0; write(bytes.substr(at, 1)); at = (at + 1) % bytes.size())
    std::this_thread::sleep_for(interval);
}

std::uint64_t PeerStream::repeat(std::string_view block, std::uint64_t most) {
  std::uint64_t taken = 0;
  while (taken < most && write(block)) taken += block.size();
  return taken;
}

ScriptedPeer::ScriptedPeer(Script script, std::optional<PeerTls> tls, const char* address)
    : script_(std::move(script)) {
  if (tls) {
    auto context = make_context(*tls);
    stapled_status_ = tls->stapled_status;
    if (!stapled_status_.empty()) {
      SSL_CTX_set_tlsext_status_cb(context.get(), staple);
      SSL_CTX_set_tlsext_status_arg(context.get(), &stapled_status_);
    }
    tls_context_ = std::move(context);
  }
  listener_ = listen_at(address, port_);
  acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedPeer::~ScriptedPeer() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
}

void ScriptedPeer::accept_all() {
  for (;;) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ++connections_;
    const std::lock_guard lock(mutex_);
    sockets_.push_back(socket);
    threads_.emplace_back([this, socket] { serve(socket); });
  }
}

void ScriptedPeer::serve(int socket) {
  // Blocked for this thread only, so that the code under test has no shelter from it.
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  if (tls_context_) {
    TlsStream stream(socket, static_cast<SSL_CTX*>(tls_context_.get()));
    if (stream.accept()) script_(stream);
  } else {
    PlainStream stream(socket);
    script_(stream);
  }
  const std::lock_guard lock(mutex_);
  sockets_.remove(socket);
  ::close(socket);
}

std::string http_answer(int status, std::string_view body, std::string_view more_fields) {
  return "HTTP/1.1 " + std::to_string(status) + " Reason\r\n" + std::string(more_fields) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::uint16_t refused_port() {
  std::uint16_t port = 0;
  ::close(listen_at("127.0.0.1", port));
  return port;
}

}  // namespace payferry::test

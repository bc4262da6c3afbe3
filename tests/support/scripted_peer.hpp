#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "support/test_certificate.hpp"

namespace payferry::test {

/// The server's end of one connection, blocking, for scripts of tests.
class PeerStream {
 public:
  virtual ~PeerStream() = default;

  /// Up to `size` bytes; empty when the client has closed.
  virtual std::string read(std::size_t size) = 0;
  /// False when the client is gone.
  virtual bool write(std::string_view bytes) = 0;
  /// The same, with what TCP carries (under TLS, what is encrypted) sent by `piece` bytes.
  virtual bool write_in_pieces(std::string_view bytes, std::size_t piece) = 0;
  /// Sends close_notify (under TLS) and FIN.
  virtual void close() = 0;
  /// FIN without close_notify.
  virtual void cut() = 0;
  /// Sends RST.
  virtual void reset() = 0;
  /// Asks the client for a new handshake on the way (TLS 1.2). Does not wait for it.
  virtual void ask_to_renegotiate() {}
  /// ClientHellos that came on this connection.
  virtual int hellos() const { return 0; }
  /// OpenSSL's name of what encrypts; empty without TLS.
  virtual std::string cipher() const { return {}; }
  /// False when the connection began anew, true when it resumed an earlier TLS session.
  virtual bool is_resumed() const = 0;

  /// Header and body by Content-Length; empty when the client has closed.
  std::string read_request();
  /// Until the client closes.
  void read_to_end();
  void write_slowly(std::string_view bytes) {
    for (const char& byte : bytes) write({&byte, 1});
  }
  /// Byte by byte over and over, one each `interval`, until the client is gone.
  void drip(std::string_view bytes, std::chrono::milliseconds interval);
  /// Again and again, until the client is gone or has taken `most` bytes; how many it has taken.
  std::uint64_t repeat(std::string_view block, std::uint64_t most);
};

struct PeerTls {
  Certificate certificate;
  int max_version = 0;         ///< of OpenSSL's TLSx_VERSION; 0: any
  std::string client_ca;       ///< PEM; not empty: the client must show a certificate issued by it
  std::string stapled_status;  ///< OCSP response, DER; sent to a client that asks for one
};

/// A server on a loopback port that does to each connection what the script says, each on a thread
/// of its own. A failed handshake ends the connection without the script. The destructor breaks all
/// connections off.
class ScriptedPeer {
 public:
  using Script = std::function<void(PeerStream&)>;

  explicit ScriptedPeer(Script script, std::optional<PeerTls> tls = std::nullopt,
                        const char* address = "127.0.0.1");
  ~ScriptedPeer();
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;

  std::uint16_t port() const { return port_; }
  int connections() const { return connections_; }

 private:
  void accept_all();
  void serve(int socket);

  Script script_;
  std::shared_ptr<void> tls_context_;
  std::string stapled_status_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_{0};
  std::mutex mutex_;
  std::list<int> sockets_;
  std::list<std::thread> threads_;
  std::thread acceptor_;
};

/// A whole answer with Content-Length.
std::string http_answer(int status, std::string_view body, std::string_view more_fields = "");

/// A loopback port where nobody listens.
std::uint16_t refused_port();

}  // namespace payferry::test

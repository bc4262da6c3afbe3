#pragma once

#include <sys/types.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "net/deadline.hpp"
#include "net/tls_context.hpp"

namespace payferry {

/// An open way to the host: a TCP connection, with TLS over it once start_tls() was called. Bytes
/// are put into an outbox (encrypted there) and flushed from it in one system call where the kernel
/// takes them. TLS works straight on the socket rather than through Asio's stream: no memory BIOs
/// between, and it is known to the byte what the kernel took. Thread: the network's. Destroying it
/// closes the socket.
class Channel {
 public:
  enum class Progress {
    done,
    blocked,  ///< wait, then call again
    closed,   ///< the far side ended it in order (close_notify under TLS)
    failed,   ///< error() says how
  };
  enum class Readiness { readable, writable, either };
  enum class WaitEnd { ready, timeout };

  explicit Channel(boost::asio::ip::tcp::socket socket);
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  /// Everything from here on goes through TLS. `context` must outlive this. Follow with
  /// handshake().
  void start_tls(TlsContext& context);
  /// One step of it; `blocked` means that it waits for bytes from the far side and the outbox wants
  /// flushing.
  Progress handshake();
  /// Where handshake() failed: what kind of failure, and one sentence.
  TlsFailure handshake_failure() const;
  bool session_was_resumed() const;
  /// Of the TCP handshake, as the kernel measured it.
  std::optional<std::chrono::microseconds> round_trip() const { return round_trip_; }
  /// How long the TLS handshake took; 0 without TLS.
  std::chrono::microseconds handshake_time() const { return handshake_time_; }

  /// Appends to the outbox. Never blocks; false if TLS is broken.
  bool put(std::string_view bytes);
  /// Hands the outbox to the kernel.
  Progress flush();
  /// Reads what is there, at most `into`; `size` is how much when done.
  Progress read(std::span<char> into, std::size_t& size);

  /// Neither closed nor with anything to say: fit to take another request. One system call.
  bool is_quiet();
  /// Ends TLS in order, as far as that takes no waiting, and closes the socket.
  void close();
  bool is_open() const { return socket_.is_open(); }

  /// Until the socket is ready or the deadline passes; lets others have their turn first where a
  /// read has left something. Throws operation_aborted when cancelled.
  boost::asio::awaitable<WaitEnd> wait(Readiness readiness);
  Deadline& deadline() { return deadline_; }

  /// What broke, for people: "Connection reset by peer", "ended without close_notify".
  std::string error() const;
  std::uint64_t bytes_sent() const { return wire_.sent; }
  std::uint64_t bytes_received() const { return wire_.received; }

 private:
  /// The socket as OpenSSL's BIO sees it.
  struct Wire {
    int socket = -1;
    std::string outbox;
    std::size_t flushed = 0;  ///< bytes at the head of outbox that are gone already
    bool drained =
        false;  ///< the last read took all there was: asking again is wasted before a wait
    bool at_end = false;   ///< the far side sent its FIN
    int error_number = 0;  ///< errno of what failed, 0: nothing did
    std::uint64_t sent = 0;
    std::uint64_t received = 0;

    Progress flush();
    Progress receive(std::span<char> into, std::size_t& size);
  };
  struct SocketBio;

  boost::asio::awaitable<boost::system::error_code> wait_either();
  boost::asio::awaitable<void> let_others_have_their_turn();
  Progress after_tls_call(int result);

  boost::asio::ip::tcp::socket socket_;
  Deadline deadline_;
  Wire wire_;
  bool may_hold_more_ = false;  ///< the last read did not find the end of what was there
  std::optional<std::chrono::microseconds> round_trip_;
  std::chrono::steady_clock::time_point handshake_began_;
  std::chrono::microseconds handshake_time_{};
  TlsSession tls_;  ///< null without TLS
  std::string tls_host_;
  std::string tls_error_;
};

}  // namespace payferry

#pragma once

#include <memory>
#include <string>

#include "config/settings.hpp"
#include "model/answer.hpp"

// OpenSSL's own names: its headers stay in a few .cpp files.
struct ssl_st;
struct ssl_ctx_st;
struct ssl_session_st;

namespace payferry {

struct TlsSessionFree {
  void operator()(ssl_st* session) const;
};
using TlsSession = std::unique_ptr<ssl_st, TlsSessionFree>;

/// Why a handshake failed: tls_untrusted, tls_failed or closed, and one sentence with the remedy.
struct TlsFailure {
  TlsFailure(FailureKind the_kind, std::string why) : kind(the_kind), text(std::move(why)) {}

  FailureKind kind;
  std::string text;
};

/// What every TLS connection to one host has in common: TLS 1.2 or later, the roots that are
/// trusted, a client's certificate if there is one, and the last session, to be resumed.
/// Certificates are always verified. Thread: the network's. Must outlive its sessions.
class TlsContext {
 public:
  /// Throws SetupError where ca_file or the client's certificate or key cannot be used.
  TlsContext(const HubSpotSettings& settings, std::string host);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  /// A client's session with the host name to be asked for (SNI) and checked, set to resume the
  /// last one.
  TlsSession new_session();
  const std::string& host() const { return host_; }

 private:
  friend struct TlsContextAccess;

  ssl_ctx_st* context_;
  ssl_session_st* last_session_ = nullptr;
  std::string host_;
  bool host_is_address_ = false;
};

/// Reads OpenSSL's error queue and the verification result. `host` is the one that was asked for.
TlsFailure explain_tls_failure(ssl_st& session, const std::string& host);

/// Takes OpenSSL's error queue as text and empties it.
std::string take_tls_errors();

}  // namespace payferry

#include "net/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <boost/asio/ip/address.hpp>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "net/setup_error.hpp"
#include "net/stapled_status.hpp"

namespace payferry {

/// What OpenSSL's callbacks need of a TlsContext.
struct TlsContextAccess {
  /// With TLS 1.3 sessions come after the handshake, several for each connection; the last one is
  /// kept.
  static int keep_session(SSL* session, SSL_SESSION* to_keep) {
    auto& context = *static_cast<TlsContext*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(session)));
    SSL_SESSION_free(context.last_session_);
    context.last_session_ = to_keep;
    return 1;  // the reference is ours now
  }
};

namespace {

void require_readable(const std::string& key, const std::string& path) {
  std::ifstream file(path);
  if (file && file.peek() != std::ifstream::traits_type::eof()) return;
  const std::string reason =
      file ? "is empty" : "cannot be read (" + std::generic_category().message(errno) + ")";
  throw SetupError(key + " \"" + path + "\" " + reason + "; give the path of a PEM file");
}

void trust(SSL_CTX* context, const std::optional<std::string>& ca_file) {
  if (!ca_file) {
    SSL_CTX_set_default_verify_paths(context);
    return;
  }
  require_readable("ca_file", *ca_file);
  if (SSL_CTX_load_verify_file(context, ca_file->c_str()) != 1) {
    take_tls_errors();
    throw SetupError("ca_file \"" + *ca_file +
                     "\" holds no certificate; give a PEM file with BEGIN CERTIFICATE in it");
  }
  // A file that names an intermediate or the server's own certificate means just that one.
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
}

int refuse_passphrase(char*, int, int, void*) {
  return 0;
}

void present(SSL_CTX* context, const HubSpotSettings& settings) {
  if (!settings.client_certificate_file) return;
  const std::string& certificate = *settings.client_certificate_file;
  const std::string& key = settings.client_key_file.value_or(certificate);
  require_readable("client_certificate_file", certificate);
  require_readable("client_key_file", key);
  SSL_CTX_set_default_passwd_cb(context, refuse_passphrase);
  if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1) {
    throw SetupError("client_certificate_file \"" + certificate + "\" holds no certificate (" +
                     take_tls_errors() + "); give a PEM file");
  }
  if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1) {
    throw SetupError("client_key_file \"" + key +
                     "\" holds no key without a passphrase that fits the certificate (" +
                     take_tls_errors() + "); give a PEM file");
  }
}

/// Of the suites of TLS 1.3 that this machine allows, asks for the one first that browsers do: its
/// four rounds less are a fifth of what encrypting costs.
void prefer_cheapest_suite(SSL_CTX& context) {
  constexpr std::string_view kCheapest = "TLS_AES_128_GCM_SHA256";
  std::string suites;
  const STACK_OF(SSL_CIPHER)* const ciphers = SSL_CTX_get_ciphers(&context);
  for (int place = 0; place < sk_SSL_CIPHER_num(ciphers); ++place) {
    const std::string name = SSL_CIPHER_get_name(sk_SSL_CIPHER_value(ciphers, place));
    if (name == kCheapest) {
      suites = name + ":" + suites;
    } else if (name.starts_with("TLS_")) {
      suites += name + ":";
    }
  }
  if (!suites.empty()) SSL_CTX_set_ciphersuites(&context, suites.c_str());
}

bool is_address(const std::string& host) {
  boost::system::error_code error;
  boost::asio::ip::make_address(host, error);
  return !error;
}

}  // namespace

void TlsSessionFree::operator()(ssl_st* session) const {
  SSL_free(session);
}

TlsContext::TlsContext(const HubSpotSettings& settings, std::string host)
    : context_(SSL_CTX_new(TLS_client_method())),
      host_(std::move(host)),
      host_is_address_(is_address(host_)) {
  if (context_ == nullptr) throw std::bad_alloc();
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> guard(context_, SSL_CTX_free);
  SSL_CTX_set_min_proto_version(context_, TLS1_2_VERSION);
  // OpenSSL's own choice depends on how it was built and set up; 2 refuses keys of less than 112
  // bits' strength (RSA below 2048) and SHA-1.
  SSL_CTX_set_security_level(context_, 2);
  SSL_CTX_set_options(context_, SSL_OP_NO_RENEGOTIATION);
  prefer_cheapest_suite(*context_);
  SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
  // A connection that waits keeps no buffers: the next one to work has the same memory, still in
  // the processor's caches.
  SSL_CTX_set_mode(context_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                 SSL_MODE_RELEASE_BUFFERS);
  // The header of a record comes with the record before, where it would take a call of the system
  // of its own. Not more: what is read ahead of a record is moved to the buffer's begin later.
  SSL_CTX_set_read_ahead(context_, 1);
  SSL_CTX_set_app_data(context_, this);
  SSL_CTX_set_session_cache_mode(context_,
                                 SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
  SSL_CTX_sess_set_new_cb(context_, TlsContextAccess::keep_session);
  refuse_revoked(*context_);
  trust(context_, settings.ca_file);
  present(context_, settings);
  guard.release();
}

TlsContext::~TlsContext() {
  SSL_SESSION_free(last_session_);
  SSL_CTX_free(context_);
}

TlsSession TlsContext::new_session() {
  TlsSession session(SSL_new(context_));
  if (!session) throw std::bad_alloc();
  SSL_set_connect_state(session.get());
  if (host_is_address_) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session.get()), host_.c_str());
  } else {
    SSL_set_tlsext_host_name(session.get(), host_.c_str());
    SSL_set_hostflags(session.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    SSL_set1_host(session.get(), host_.c_str());
  }
  if (last_session_ != nullptr) SSL_set_session(session.get(), last_session_);
  return session;
}

}  // namespace payferry

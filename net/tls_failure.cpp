#include <openssl/err.h>
#include <openssl/ssl.h>

#include "net/tls_context.hpp"

namespace payferry {

namespace {

std::string subject_of(ssl_st& session) {
  const X509* certificate = SSL_get0_peer_certificate(&session);
  if (certificate == nullptr) return "unknown";
  char name[256] = "";
  X509_NAME_oneline(X509_get_subject_name(certificate), name, sizeof name);
  return name;
}

std::string untrusted(ssl_st& session, long result, const std::string& host) {
  switch (result) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return "the certificate of " + host +
             " is self-signed; if that is meant, name it in ca_file, otherwise somebody is between";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "the certificate of " + host +
             " was issued by an authority that is not trusted here; name its root in ca_file, or "
             "install the "
             "package ca-certificates";
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "the certificate of " + host +
             " has expired; check this machine's clock, else the server must renew it";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "the certificate of " + host +
             " is not yet valid; check this machine's clock, else the server must replace it";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return "the certificate that came (" + subject_of(session) + ") is not for the host name " +
             host + "; check base_url and the proxy";
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
      return "the certificate of " + host +
             ", or one that it depends on, has a key too weak to be trusted (RSA below 2048 bits, "
             "or "
             "as weak); the server must replace it";
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return "the certificate of " + host +
             ", or one that it depends on, is signed with too weak a digest (SHA-1 or MD5); the "
             "server must replace it";
    default:
      return "the certificate of " + host + " cannot be trusted (" +
             X509_verify_cert_error_string(result) + "); check ca_file and the server";
  }
}

std::string revoked(const std::string& host) {
  return "the certificate of " + host +
         " has been revoked by its authority (the stapled OCSP status says so); send nothing there "
         "before the server has a new one";
}

std::string failed(unsigned long code, const std::string& host) {
  switch (ERR_GET_REASON(code)) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
    case SSL_R_WRONG_SSL_VERSION:
      return host +
             " offers no TLS 1.2 or later; the server, or what stands before it, must be updated";
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
      return host + " does not speak TLS at this port; check the port in base_url";
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
      return host + " broke off the TLS handshake (" + ERR_reason_error_string(code) +
             "); if it asks for a client's certificate, set client_certificate_file";
    default: {
      const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
      return "TLS with " + host + " failed (" + (reason ? reason : "no reason given") +
             "); check base_url and the proxy";
    }
  }
}

}  // namespace

TlsFailure explain_tls_failure(ssl_st& session, const std::string& host) {
  const unsigned long code = ERR_peek_error();
  const long result = SSL_get_verify_result(&session);
  ERR_clear_error();
  switch (ERR_GET_REASON(code)) {
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
      return TlsFailure(FailureKind::tls_untrusted, untrusted(session, result, host));
    case SSL_R_INVALID_STATUS_RESPONSE:
      return TlsFailure(FailureKind::tls_untrusted, revoked(host));
    default:
      return TlsFailure(FailureKind::tls_failed, failed(code, host));
  }
}

std::string take_tls_errors() {
  std::string text;
  while (const unsigned long code = ERR_get_error()) {
    const char* reason = ERR_reason_error_string(code);
    if (!text.empty()) text += "; ";
    text += reason ? reason : "error " + std::to_string(code);
  }
  return text;
}

}  // namespace payferry

#pragma once

// OpenSSL's own name: its headers stay in a few .cpp files.
struct ssl_ctx_st;

namespace payferry {

/// Makes the sessions of `context` ask for the server's certificate status (OCSP, stapled to the
/// handshake), and fail where a valid one says that the certificate is revoked. Where none comes,
/// or one that its authority did not sign, the certificate stands as verified: payferry asks no
/// third party.
void refuse_revoked(ssl_ctx_st& context);

}  // namespace payferry

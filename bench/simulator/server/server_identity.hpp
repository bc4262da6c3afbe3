#pragma once

#include <string>

namespace payferry::simulator {

/// A certificate authority of its own and a server certificate that it signed, all as PEM.
struct ServerIdentity {
  std::string ca_certificate;
  std::string certificate;
  std::string private_key;
};

/// Makes new keys and certificates, good for 30 days. `names` are the server's subjectAltName in
/// OpenSSL's notation. Throws std::runtime_error when OpenSSL refuses.
ServerIdentity make_server_identity(const std::string& names = "DNS:localhost,IP:127.0.0.1,IP:::1");

}  // namespace payferry::simulator

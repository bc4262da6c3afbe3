#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace payferry::test {

/// A certificate with its key, PEM.
struct Certificate {
  std::string certificate;
  std::string key;
};

struct CertificateWish {
  std::string common_name = "payferry test";
  std::vector<std::string> names = {"DNS:localhost", "IP:127.0.0.1"};  ///< empty: none
  std::chrono::hours valid_from{-1};                                   ///< from now
  std::chrono::hours valid_until{24};                                  ///< from now
  bool is_authority = false;
  unsigned rsa_bits = 0;  ///< 0: an elliptic curve's key
  bool is_signed_by_sha1 = false;
};

/// Issued by `issuer`, or by itself where that is null.
Certificate make_certificate(const CertificateWish& wish, const Certificate* issuer = nullptr);

/// What `issuer` says of `certificate` now: an OCSP response, DER.
std::string make_ocsp_status(const Certificate& certificate, const Certificate& issuer,
                             bool is_revoked);

/// A file that is removed again.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace payferry::test

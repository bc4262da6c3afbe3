#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace payferry::simulator {

/// What came back. `status` 0: no answer; `failure` says why.
struct ClientAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
  std::string failure;
};

/// A plain blocking HTTPS client on one kept connection to localhost, for tests.
class HttpsClient {
 public:
  HttpsClient(std::uint16_t port, const std::string& ca_certificate);
  ~HttpsClient();

  /// Connects where it is not connected.
  ClientAnswer send(const std::string& method, const std::string& target,
                    const std::string& body = {});
  /// The halves of it: all of the request is with the kernel; the answer to it.
  void ask(const std::string& method, const std::string& target, const std::string& body = {});
  ClientAnswer answer();
  void disconnect();
  /// The last handshake took up an earlier session.
  bool resumed() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace payferry::simulator

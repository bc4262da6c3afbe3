#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace payferry::test {

/// An HTTP proxy on loopback that knows CONNECT and nothing else. Ends with all its tunnels.
class TunnelProxy {
 public:
  TunnelProxy();
  ~TunnelProxy();
  TunnelProxy(const TunnelProxy&) = delete;
  TunnelProxy& operator=(const TunnelProxy&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  /// The heads of the requests so far.
  std::vector<std::string> requests();

 private:
  void accept_all();
  void tunnel(int client);
  int keep(int socket);

  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::vector<std::string> requests_;
  std::vector<int> sockets_;  ///< closed when all threads have ended
  std::list<std::thread> tunnels_;
  std::thread accepting_;
};

}  // namespace payferry::test

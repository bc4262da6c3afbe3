#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "bench/simulator/core/simulated_hubspot.hpp"

namespace payferry::simulator {

struct ServerOptions {
  SimulatorOptions hubspot;
  std::uint16_t port = 0;   ///< 0: a free one
  std::string ca_file;      ///< where the CA certificate is written; empty: nowhere
  std::string ledger_file;  ///< empty: none
  std::string certificate_names = "DNS:localhost,IP:127.0.0.1,IP:::1";
};

/// A simulated HubSpot behind HTTPS on 127.0.0.1.
class SimulatorServer {
 public:
  /// Binds, makes certificates, writes the CA file. Throws std::runtime_error with one clear
  /// sentence where that cannot be.
  explicit SimulatorServer(const ServerOptions& options);
  /// Stops.
  ~SimulatorServer();

  /// Serves on a thread of its own.
  void start();
  /// Resets what is under way and returns when the thread has ended. From any other thread; once is
  /// enough.
  void stop();

  std::uint16_t port() const;
  std::string base_url() const;               ///< "https://localhost:4711"
  const std::string& ca_certificate() const;  ///< PEM

  /// Another integration spends so many requests a second from now on. Before start().
  void start_external_traffic(double requests_per_second);

  /// Calls `use` on the server's thread, or here where it does not run, and returns when that is
  /// done.
  void with_hubspot(const std::function<void(SimulatedHubSpot&)>& use);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace payferry::simulator

#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "net/connection_pool.hpp"
#include "net/system_time.hpp"
#include "support/run_sync.hpp"
#include "support/scripted_peer.hpp"

namespace payferry::test {

/// Counts how often it is told.
class CountingListener final : public SendListener {
 public:
  void sent(std::chrono::microseconds time) override {
    ++count;
    held_up = time;
  }
  int count = 0;
  std::chrono::microseconds held_up{};
};

/// An authority, a server's certificate issued by it, and the file that names it: made once, keys
/// take time.
struct TestTrust {
  Certificate authority;
  Certificate server;
  TemporaryFile ca_file;

  TestTrust()
      : authority(make_certificate(authority_wish())),
        server(make_certificate(CertificateWish(), &authority)),
        ca_file(authority.certificate) {}

  static CertificateWish authority_wish() {
    CertificateWish wish;
    wish.common_name = "payferry test authority";
    wish.names.clear();
    wish.is_authority = true;
    return wish;
  }
  static const TestTrust& instance() {
    static const TestTrust trust;
    return trust;
  }
};

/// A pool against a scripted peer. A `timeout` is short where the script never answers, and real.
class WireFixture {
 public:
  using Script = ScriptedPeer::Script;

  void serve(bool tls, Script script) {
    std::optional<PeerTls> peer_tls;
    if (tls) peer_tls.emplace().certificate = TestTrust::instance().server;
    serve_as(std::move(peer_tls), std::move(script));
  }
  void serve_as(std::optional<PeerTls> tls, Script script) {
    const std::string scheme = tls ? "https" : "http";
    peer.emplace(std::move(script), std::move(tls));
    hubspot.base_url = scheme + "://127.0.0.1:" + std::to_string(peer->port());
    hubspot.allow_http = true;
    if (!hubspot.ca_file) hubspot.ca_file = TestTrust::instance().ca_file.path();
  }

  ConnectionPool& the_pool() {
    if (!pool)
      pool.emplace(hubspot, retry, time, context.get_executor(), max_connections, nullptr,
                   no_environment);
    return *pool;
  }
  Answer post(std::string_view body) {
    const HttpRequest request("POST", "/path", body);
    return run_sync(context, the_pool().exchange(request, listener));
  }

  static std::optional<std::string> no_environment(const std::string&) { return std::nullopt; }

  boost::asio::io_context context{1};
  SystemTime time;
  HubSpotSettings hubspot;
  RetrySettings retry;
  std::size_t max_connections = 256;
  CountingListener listener;
  std::optional<ScriptedPeer> peer;
  std::optional<ConnectionPool> pool;
};

}  // namespace payferry::test

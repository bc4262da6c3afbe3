#include "bench/simulator/server/simulator_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <fstream>
#include <future>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <thread>

#include "bench/simulator/server/admin.hpp"
#include "bench/simulator/server/connection.hpp"
#include "bench/simulator/server/ledger_file.hpp"
#include "net/nursery.hpp"

namespace payferry::simulator {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

Instant wall_now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write the CA file " + path);
}

tcp::acceptor listen(asio::io_context& context, std::uint16_t port) {
  try {
    return tcp::acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), port));
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("cannot listen on 127.0.0.1:" + std::to_string(port) + ": " +
                             error.code().message() + "; --port 0 takes a free port");
  }
}

}  // namespace

struct SimulatorServer::Impl final : RequestHandler {
  explicit Impl(const ServerOptions& options)
      : identity(make_server_identity(options.certificate_names)),
        hubspot(options.hubspot),
        connections(identity, *this),
        acceptor(listen(context, options.port)),
        port(acceptor.local_endpoint().port()),
        nursery(context.get_executor()),
        late_timer(context) {
    if (!options.ca_file.empty()) write_file(options.ca_file, identity.ca_certificate);
    if (!options.ledger_file.empty()) ledger_file.emplace(options.ledger_file);
  }

  SimulatedReply handle(const SimulatedRequest& request) override;
  void accepted() override { ++hubspot.statistics().connections; }
  void handshaken(bool resumed) override;

  asio::awaitable<void> accept_connections();
  void keep_books();
  void await_late_commit();
  void end();

  asio::io_context context{1};
  ServerIdentity identity;
  SimulatedHubSpot hubspot;
  Connections connections;
  tcp::acceptor acceptor;
  std::uint16_t port;
  Nursery nursery;
  asio::steady_timer late_timer;
  std::optional<LedgerFile> ledger_file;
  std::thread thread;
};

SimulatedReply SimulatorServer::Impl::handle(const SimulatedRequest& request) {
  const Instant now = wall_now() - request.waited;
  SimulatedReply reply = is_admin_path(request.target) ? handle_admin(hubspot, request, now)
                                                       : hubspot.handle(request, now);
  keep_books();
  await_late_commit();
  return reply;
}

void SimulatorServer::Impl::handshaken(bool resumed) {
  ++hubspot.statistics().handshakes;
  if (resumed) ++hubspot.statistics().resumed_sessions;
}

asio::awaitable<void> SimulatorServer::Impl::accept_connections() {
  while (acceptor.is_open()) {
    tcp::socket socket(context);
    const auto taken = co_await acceptor.async_accept(socket, asio::as_tuple(asio::use_awaitable));
    const boost::system::error_code error = std::get<0>(taken);
    if (error == asio::error::operation_aborted) co_return;
    if (!error) {
      nursery.start(connections.serve(std::move(socket)));
      continue;
    }
    // Out of file descriptors, most likely: connections must end before more can be taken.
    asio::steady_timer pause(context, std::chrono::milliseconds(50));
    co_await pause.async_wait(asio::use_awaitable);
  }
}

void SimulatorServer::Impl::keep_books() {
  if (!ledger_file) return;
  try {
    ledger_file->append_new(hubspot.ledger());
  } catch (const std::runtime_error& error) {
    std::cerr << "payferry-sim: " << error.what() << "; going on without it\n";
    ledger_file.reset();
  }
}

// What still runs after its connection was cut is carried out in time, whether or not anybody asks
// again.
void SimulatorServer::Impl::await_late_commit() {
  const auto next = hubspot.next_late_commit();
  if (!next) return;
  late_timer.expires_after(*next - wall_now());
  late_timer.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    hubspot.advance(wall_now());
    keep_books();
    await_late_commit();
  });
}

void SimulatorServer::Impl::end() {
  boost::system::error_code ignored;
  acceptor.close(ignored);
  late_timer.cancel();
  nursery.cancel();
}

SimulatorServer::SimulatorServer(const ServerOptions& options)
    : impl_(std::make_unique<Impl>(options)) {}

SimulatorServer::~SimulatorServer() {
  stop();
}

void SimulatorServer::start() {
  impl_->nursery.start(impl_->accept_connections());
  impl_->thread = std::thread([impl = impl_.get()] { impl->context.run(); });
}

void SimulatorServer::stop() {
  if (!impl_->thread.joinable()) return;
  asio::post(impl_->context, [impl = impl_.get()] { impl->end(); });
  impl_->thread.join();
}

std::uint16_t SimulatorServer::port() const {
  return impl_->port;
}

std::string SimulatorServer::base_url() const {
  return "https://localhost:" + std::to_string(port());
}

const std::string& SimulatorServer::ca_certificate() const {
  return impl_->identity.ca_certificate;
}

void SimulatorServer::start_external_traffic(double requests_per_second) {
  impl_->hubspot.external_rate(requests_per_second, wall_now());
}

void SimulatorServer::with_hubspot(const std::function<void(SimulatedHubSpot&)>& use) {
  if (!impl_->thread.joinable()) return use(impl_->hubspot);
  std::promise<void> done;
  asio::post(impl_->context, [&] {
    use(impl_->hubspot);
    done.set_value();
  });
  done.get_future().wait();
}

}  // namespace payferry::simulator

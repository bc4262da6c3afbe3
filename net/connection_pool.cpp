#include "net/connection_pool.hpp"

#include "net/host_text.hpp"

#include <algorithm>

namespace payferry {

namespace asio = boost::asio;

namespace {

/// Below what servers and load balancers commonly allow a kept connection (60 s and more).
constexpr std::chrono::seconds kMaxIdle{50};

/// However many connections a request goes through, the window counts it once.
class FirstSent final : public SendListener {
 public:
  explicit FirstSent(SendListener& listener) : listener_(listener) {}
  void sent(std::chrono::microseconds held_up) override {
    if (!std::exchange(is_told_, true)) listener_.sent(held_up);
  }

 private:
  SendListener& listener_;
  bool is_told_ = false;
};

}  // namespace

/// A place among the connections that are in use.
class ConnectionPool::Slot {
 public:
  explicit Slot(ConnectionPool& pool) : pool_(pool) { ++pool_.slots_used_; }
  ~Slot() {
    if (connection_) pool_.give_back(std::move(connection_));
    --pool_.slots_used_;
    pool_.slot_freed_.notify_all();
  }
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;

  Connection& use(ConnectionPtr connection) {
    if (connection_) pool_.give_back(std::move(connection_));
    connection_ = std::move(connection);
    return *connection_;
  }

 private:
  ConnectionPool& pool_;
  ConnectionPtr connection_;
};

ConnectionPool::ConnectionPool(const HubSpotSettings& hubspot, const RetrySettings& retry,
                               Time& time, asio::any_io_executor executor,
                               std::size_t max_connections, Resolver* resolver,
                               const Environment& environment)
    : base_url_(usable_base_url(hubspot.base_url, hubspot.allow_http)),
      request_timeout_(retry.request_timeout),
      connect_timeout_(retry.connect_timeout),
      time_(time),
      max_connections_(max_connections),
      connector_(base_url_, choose_proxy(hubspot.proxy, base_url_, environment),
                 base_url_.secure ? &tls_.emplace(hubspot, base_url_.host) : nullptr,
                 resolver != nullptr ? *resolver : system_resolver_, executor),
      slot_freed_(executor) {}

ConnectionPool::~ConnectionPool() = default;

asio::awaitable<Answer> ConnectionPool::exchange(const HttpRequest& request,
                                                 SendListener& listener) {
  while (slots_used_ >= max_connections_ && !is_closed_) co_await slot_freed_.wait();
  FirstSent first_sent(listener);
  Answer answer = co_await exchange_in_slot(request, first_sent);
  co_return answer;
}

asio::awaitable<Answer> ConnectionPool::exchange_in_slot(const HttpRequest& request,
                                                         SendListener& listener) {
  Slot slot(*this);
  while (ConnectionPtr kept = take_idle()) {
    Connection& connection = slot.use(std::move(kept));
    Answer answer = co_await connection.exchange(request, listener, request_timeout_);
    // It died between the look at it and the write: nobody has a byte of the request.
    if (answer.reach != Reach::not_sent) co_return answer;
  }
  if (is_closed_) co_return Answer(Reach::not_sent, "the run is ending", FailureKind::closed);
  auto opened = co_await open();
  if (!opened) {
    Answer failure(Reach::not_sent, std::move(opened.error().text), opened.error().kind);
    failure.received_at = time_.continuous_now();
    co_return failure;
  }
  Connection& connection = slot.use(std::move(*opened));
  Answer answer = co_await connection.exchange(request, listener, request_timeout_);
  answer.travelled = connection.channel().round_trip();
  co_return answer;
}

asio::awaitable<tl::expected<ConnectionPool::ConnectionPtr, ConnectFailure>>
ConnectionPool::open() {
  auto channel = co_await connector_.open(connect_timeout_);
  if (!channel) co_return tl::unexpected(std::move(channel.error()));
  ++counters_.opened;
  if (tls_) ++counters_.handshakes;
  if ((*channel)->session_was_resumed()) ++counters_.resumed;
  co_return std::make_unique<Connection>(std::move(*channel), host_header(base_url_), time_);
}

asio::awaitable<std::optional<ConnectFailure>> ConnectionPool::probe() {
  auto opened = co_await open();
  if (!opened) co_return std::move(opened.error());
  give_back(std::move(*opened));
  co_return std::nullopt;
}

ConnectionPool::ConnectionPtr ConnectionPool::take_idle() {
  retire_aged();
  while (!idle_.empty()) {
    ConnectionPtr connection = std::move(idle_.back());
    idle_.pop_back();
    if (connection->is_alive()) return connection;
    retire(std::move(connection));
  }
  return nullptr;
}

void ConnectionPool::give_back(ConnectionPtr connection) {
  if (is_closed_ || !connection->is_reusable()) {
    retire(std::move(connection));
  } else {
    idle_.push_back(std::move(connection));
  }
}

void ConnectionPool::retire(ConnectionPtr connection) {
  connection->close();
  ++counters_.closed;
  counters_.bytes_sent += connection->channel().bytes_sent();
  counters_.bytes_received += connection->channel().bytes_received();
}

void ConnectionPool::retire_aged() {
  const SteadyPoint oldest = time_.now() - kMaxIdle;
  const auto is_young = [oldest](const ConnectionPtr& kept) { return kept->last_used() >= oldest; };
  const auto first_young = std::find_if(idle_.begin(), idle_.end(), is_young);
  for (auto aged = idle_.begin(); aged != first_young; ++aged) retire(std::move(*aged));
  idle_.erase(idle_.begin(), first_young);
}

void ConnectionPool::close_all() {
  is_closed_ = true;
  for (ConnectionPtr& connection : idle_) retire(std::move(connection));
  idle_.clear();
  slot_freed_.notify_all();
}

ConnectionPool::Counters ConnectionPool::counters() const {
  Counters all = counters_;
  for (const ConnectionPtr& connection : idle_) {
    all.bytes_sent += connection->channel().bytes_sent();
    all.bytes_received += connection->channel().bytes_received();
  }
  return all;
}

}  // namespace payferry

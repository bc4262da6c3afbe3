#include "net/address_book.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// HubSpot's edge moves by DNS; a run lasts for hours.
constexpr std::chrono::seconds kFreshFor{60};

/// Lets the others go on even when the look-up is cancelled.
struct LookUpEnd {
  bool& is_looking_up;
  Event& changed;
  LookUpEnd(bool& flag, Event& event) : is_looking_up(flag), changed(event) { flag = true; }
  LookUpEnd(const LookUpEnd&) = delete;
  LookUpEnd& operator=(const LookUpEnd&) = delete;
  ~LookUpEnd() {
    is_looking_up = false;
    changed.notify_all();
  }
};

}  // namespace

AddressBook::AddressBook(Resolver& resolver, std::string host, std::uint16_t port,
                         asio::any_io_executor executor)
    : resolver_(resolver), host_(std::move(host)), port_(port), changed_(std::move(executor)) {}

bool AddressBook::is_fresh() const {
  return !endpoints_.empty() && std::chrono::steady_clock::now() < fresh_until_;
}

asio::awaitable<void> AddressBook::look_up(std::chrono::steady_clock::time_point deadline) {
  const LookUpEnd end(is_looking_up_, changed_);
  failure_.reset();
  auto found = co_await resolver_.resolve(host_, port_, deadline);
  if (!found) {
    failure_ = std::move(found.error());
  } else if (found->empty()) {
    failure_ = "it has no address";
  } else {
    endpoints_ = interleaved(*found);
    fresh_until_ = std::chrono::steady_clock::now() + kFreshFor;
  }
}

asio::awaitable<tl::expected<Endpoints, std::string>> AddressBook::addresses(
    std::chrono::steady_clock::time_point deadline) {
  bool has_waited = false;
  while (!is_fresh()) {
    if (has_waited && !is_looking_up_ && failure_) co_return tl::unexpected(*failure_);
    has_waited = true;
    if (is_looking_up_) {
      co_await changed_.wait();
    } else {
      co_await look_up(deadline);
    }
  }
  co_return endpoints_;
}

}  // namespace payferry

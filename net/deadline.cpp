#include "net/deadline.hpp"

#include <boost/asio/steady_timer.hpp>

namespace payferry {

namespace asio = boost::asio;

struct Deadline::State {
  explicit State(asio::ip::tcp::socket& the_socket)
      : socket(&the_socket), timer(the_socket.get_executor()) {}

  asio::ip::tcp::socket* socket;  ///< null once the Deadline is gone
  asio::steady_timer timer;
  Clock::time_point limit = Clock::time_point::max();
  Clock::time_point armed_for = Clock::time_point::max();  ///< max: no wait is pending
  bool passed = false;

  static void arm(const std::shared_ptr<State>& state);
  static void fired(const std::shared_ptr<State>& state);
};

void Deadline::State::arm(const std::shared_ptr<State>& state) {
  state->armed_for = state->limit;
  state->timer.expires_at(state->limit);  // cancels a pending wait, whose handler then does nothing
  state->timer.async_wait([state](const boost::system::error_code& error) {
    if (!error) fired(state);
  });
}

void Deadline::State::fired(const std::shared_ptr<State>& state) {
  if (state->socket == nullptr || state->armed_for > Clock::now()) return;
  state->armed_for = Clock::time_point::max();
  if (state->limit == Clock::time_point::max()) return;
  if (state->limit > Clock::now()) return arm(state);
  state->passed = true;
  boost::system::error_code ignored;
  state->socket->cancel(ignored);
}

Deadline::Deadline(asio::ip::tcp::socket& socket) : state_(std::make_shared<State>(socket)) {}

Deadline::~Deadline() {
  state_->socket = nullptr;
  state_->timer.cancel();
}

void Deadline::set(Clock::time_point when) {
  state_->passed = false;
  state_->limit = when;
  if (when < state_->armed_for) State::arm(state_);
}

void Deadline::clear() {
  state_->limit = Clock::time_point::max();
}

bool Deadline::has_passed() const {
  return state_->passed;
}

}  // namespace payferry

#include "net/circuit_breaker.hpp"

#include <algorithm>

namespace payferry {

Leave CircuitBreaker::look(SteadyPoint now) const {
  if (state_ == State::closed) return Leave::now();
  if (state_ == State::probing) return Leave::at(SteadyPoint::max());
  return now >= open_until_ ? Leave::now() : Leave::at(open_until_);
}

bool CircuitBreaker::let_through(SteadyPoint now) {
  if (state_ != State::open || now < open_until_) return false;
  state_ = State::probing;
  return true;
}

void CircuitBreaker::succeeded(bool is_probe) {
  // While it is open, an answer to a request from before the outage does not prove that the server
  // is back.
  if (state_ != State::closed && !is_probe) return;
  state_ = State::closed;
  failures_ = 0;
  pause_ = {};
}

void CircuitBreaker::failed(SteadyPoint now, bool is_probe) {
  if (is_probe) return open(now);
  if (state_ != State::closed) return;
  if (++failures_ >= settings_.failures) open(now);
}

void CircuitBreaker::open(SteadyPoint now) {
  pause_ = std::min(std::max(settings_.first_pause, 2 * pause_), settings_.longest_pause);
  open_until_ = now + pause_;
  state_ = State::open;
}

void CircuitBreaker::probe_given_back() {
  if (state_ == State::probing) state_ = State::open;
}

}  // namespace payferry

#include "net/nursery.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>
#include <cstdlib>
#include <utility>

namespace payferry {

namespace asio = boost::asio;

namespace {

bool is_cancellation(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const boost::system::system_error& failure) {
    return failure.code() == asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}

}  // namespace

Nursery::Nursery(asio::any_io_executor executor)
    : executor_(executor), changed_(std::move(executor)) {}

Nursery::~Nursery() {
  if (!children_.empty()) std::abort();
}

void Nursery::start(asio::awaitable<void> child) {
  const auto place = children_.emplace(children_.end());
  auto on_end = [this, place](std::exception_ptr error) { ended(place, std::move(error)); };
  asio::co_spawn(executor_, std::move(child),
                 asio::bind_cancellation_slot(place->cancel.slot(), std::move(on_end)));
  if (cancelled_) place->cancel.emit(asio::cancellation_type::terminal);
}

void Nursery::ended(std::list<Child>::iterator child, std::exception_ptr error) {
  children_.erase(child);
  const bool is_first =
      error && !first_error_ && !((cancelled_ || interrupted_) && is_cancellation(error));
  if (is_first) {
    first_error_ = std::move(error);
    cancel();
  }
  changed_.notify_all();
}

void Nursery::cancel() {
  cancelled_ = true;
  emit(asio::cancellation_type::terminal);
}

void Nursery::interrupt() {
  interrupted_ = true;
  emit(asio::cancellation_type::total);
}

void Nursery::emit(asio::cancellation_type type) {
  // A child that ends by the signal erases itself from the list, hence the step before the emit.
  for (auto child = children_.begin(); child != children_.end();) {
    const auto current = child++;
    current->cancel.emit(type);
  }
}

asio::awaitable<void> Nursery::join() {
  bool cancelled_from_outside = false;
  while (!children_.empty()) {
    std::exception_ptr interruption;
    try {
      co_await changed_.wait();
    } catch (...) {
      interruption = std::current_exception();
    }
    if (interruption) {
      // From here on this wait must not end before the children do.
      co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
      cancelled_from_outside = true;
      cancel();
    }
  }
  if (first_error_) std::rethrow_exception(std::exchange(first_error_, nullptr));
  if (cancelled_from_outside) throw boost::system::system_error(asio::error::operation_aborted);
}

asio::awaitable<void> run_watched(asio::awaitable<void> work, Nursery& children, Nursery& watches) {
  std::exception_ptr failure;
  try {
    co_await std::move(work);
    co_await children.join();
  } catch (...) {
    failure = std::current_exception();
  }
  // Were this coroutine cancelled, its next await would throw, and leave the children behind.
  co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
  const bool child_was_first = children.is_cancelled();
  if (failure) children.cancel();
  try {
    co_await children.join();
  } catch (...) {
    if (!failure || child_was_first) failure = std::current_exception();
  }
  watches.cancel();
  co_await watches.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace payferry

#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "support/run_sync.hpp"

namespace payferry::test {

inline boost::asio::awaitable<bool> then_true(boost::asio::awaitable<void> work) {
  co_await std::move(work);
  co_return true;
}

/// run_sync for a coroutine without a result.
inline void run_to_end(boost::asio::io_context& context, boost::asio::awaitable<void> work) {
  run_sync(context, then_true(std::move(work)));
}

}  // namespace payferry::test

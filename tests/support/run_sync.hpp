#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>

namespace payferry::test {

/// Runs a coroutine, and all else that the context has to do, to the end; gives its result or
/// throws its error.
template <class T>
T run_sync(boost::asio::io_context& context, boost::asio::awaitable<T> work) {
  std::optional<T> result;
  std::exception_ptr error;
  boost::asio::co_spawn(context, std::move(work), [&](std::exception_ptr failure, T value) {
    error = std::move(failure);
    result.emplace(std::move(value));
  });
  context.restart();
  while (!result && context.run_one() > 0) {
  }
  if (error) std::rethrow_exception(error);
  return std::move(result.value());
}

}  // namespace payferry::test

#pragma once

#include <boost/asio/awaitable.hpp>

#include "model/answer.hpp"
#include "net/http_message.hpp"
#include "net/send_listener.hpp"

namespace payferry {

/// Sends one request to the configured host and waits for its answer. Implemented by
/// ConnectionPool. Thread: the network's.
class Transport {
 public:
  virtual ~Transport() = default;

  /// Never throws for what the network or the far side does: that is in the answer's `reach` and
  /// `failure`. A request on a kept connection that died idle before it took a byte goes out on
  /// another one. Cancelling closes the connection and throws operation_aborted; the request is
  /// then in doubt. `request.body` and `listener` must outlive the call.
  virtual boost::asio::awaitable<Answer> exchange(const HttpRequest& request,
                                                  SendListener& listener) = 0;
};

}  // namespace payferry

#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "net/answer_parser.hpp"
#include "net/channel.hpp"
#include "net/http_message.hpp"
#include "net/read_answer.hpp"
#include "net/send_listener.hpp"
#include "net/time.hpp"

namespace payferry {

/// One kept HTTP/1.1 connection: requests go out and answers come back one after the other.
/// Thread: the network's. Destroying it closes it.
class Connection {
 public:
  /// `time` must outlive this. `host_header` is the value of Host in all requests.
  Connection(std::unique_ptr<Channel> channel, std::string host_header, Time& time);

  /// Sends one request and reads its answer, within `timeout` from the first byte sent to the last
  /// one received. Never throws for what the far side does; redirects are answers like any other.
  /// Cancelling throws operation_aborted and leaves a connection that is not reusable. `request`
  /// and `listener` must outlive the call.
  boost::asio::awaitable<Answer> exchange(const HttpRequest& request, SendListener& listener,
                                          std::chrono::milliseconds timeout);

  /// The last exchange left it in step, and neither side asked to close.
  bool is_reusable() const { return is_reusable_; }
  /// Not closed by the far side meanwhile. One system call.
  bool is_alive() { return channel_->is_quiet(); }
  /// Tells the far side, as far as that takes no waiting.
  void close() { channel_->close(); }

  SteadyPoint last_used() const { return last_used_; }
  const Channel& channel() const { return *channel_; }

 private:
  enum class SendEnd { sent, answered_early, broken, timeout };

  void compose_head(const HttpRequest& request);
  boost::asio::awaitable<SendEnd> send(std::string_view body);
  boost::asio::awaitable<SendEnd> flush();
  boost::asio::awaitable<AnswerEnd> receive(SendEnd sent);
  Answer finished(AnswerEnd end, std::chrono::milliseconds timeout);
  Answer failed(AnswerEnd end, std::chrono::milliseconds timeout) const;

  std::unique_ptr<Channel> channel_;
  std::string host_header_;
  Time& time_;
  AnswerParser parser_;
  std::string head_;
  bool is_reusable_ = true;
  SteadyPoint last_used_;
  std::chrono::microseconds hold_up_;  ///< of the first request
};

}  // namespace payferry

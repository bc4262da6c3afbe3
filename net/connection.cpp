#include "net/connection.hpp"

#include <utility>

#include "model/counted.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// What is encrypted before the kernel has taken the piece before: bounds memory, and most requests
/// fit whole.
constexpr std::size_t kSliceBytes = 128 * 1024;

std::string seconds_text(std::chrono::milliseconds duration) {
  if (duration.count() % 1000 == 0) return std::to_string(duration.count() / 1000) + " s";
  return std::to_string(duration.count()) + " ms";
}

/// Tells that a request is on its way when writing it has ended, in whichever way: a stall of this
/// machine in the middle must not make it look earlier than it was.
class Departure {
 public:
  Departure(const Channel& channel, SendListener& listener, std::chrono::microseconds held_up)
      : channel_(channel), listener_(listener), held_up_(held_up), before_(channel.bytes_sent()) {}
  ~Departure() {
    if (channel_.bytes_sent() != before_) listener_.sent(held_up_);
  }
  Departure(const Departure&) = delete;
  Departure& operator=(const Departure&) = delete;

 private:
  const Channel& channel_;
  SendListener& listener_;
  std::chrono::microseconds held_up_;
  std::uint64_t before_;
};

}  // namespace

Connection::Connection(std::unique_ptr<Channel> channel, std::string host_header, Time& time)
    : channel_(std::move(channel)),
      host_header_(std::move(host_header)),
      time_(time),
      last_used_(time.now()),
      hold_up_(channel_->handshake_time()) {}

void Connection::compose_head(const HttpRequest& request) {
  head_.clear();
  const auto field = [this](std::string_view name, std::string_view value) {
    head_.append(name).append(": ").append(value).append("\r\n");
  };
  head_.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\n");
  field("Host", host_header_);
  field("User-Agent", "payferry");
  field("Accept", "application/json");
  if (!request.authorization.empty()) field("Authorization", request.authorization);
  if (!request.body.empty() || request.method == "POST") {
    field("Content-Type", request.content_type);
    field("Content-Length", std::to_string(request.body.size()));
  }
  head_.append("\r\n");
}

asio::awaitable<Connection::SendEnd> Connection::flush() {
  for (;;) {
    const auto progress = channel_->flush();
    if (progress == Channel::Progress::done) co_return SendEnd::sent;
    if (progress == Channel::Progress::failed) co_return SendEnd::broken;
    // A server may refuse a request before it has read all of it, and then read no further.
    const auto waited = co_await channel_->wait(Channel::Readiness::either);
    if (waited == Channel::WaitEnd::timeout) co_return SendEnd::timeout;
    const auto end = read_what_is_there(*channel_, parser_);
    if (parser_.is_answering()) co_return SendEnd::answered_early;
    if (end) co_return SendEnd::broken;
  }
}

asio::awaitable<Connection::SendEnd> Connection::send(std::string_view body) {
  if (!channel_->put(head_)) co_return SendEnd::broken;
  for (;;) {
    const std::string_view slice = body.substr(0, kSliceBytes);
    body.remove_prefix(slice.size());
    if (!channel_->put(slice)) co_return SendEnd::broken;
    const SendEnd end = co_await flush();
    if (end != SendEnd::sent || body.empty()) co_return end;
  }
}

asio::awaitable<AnswerEnd> Connection::receive(SendEnd sent) {
  if (sent == SendEnd::timeout) co_return AnswerEnd::timeout;
  if (parser_.is_complete()) co_return AnswerEnd::complete;
  // Also when sending broke: the answer may have come before the connection was reset.
  const AnswerEnd end = co_await read_answer(*channel_, parser_);
  co_return end;
}

asio::awaitable<Answer> Connection::exchange(const HttpRequest& request, SendListener& listener,
                                             std::chrono::milliseconds timeout) {
  is_reusable_ = false;
  parser_.start();
  compose_head(request);
  const std::uint64_t sent_before = channel_->bytes_sent();
  channel_->deadline().set(std::chrono::steady_clock::now() + timeout);
  const auto held_up = std::exchange(hold_up_, std::chrono::microseconds(0));
  const Instant sent_at = time_.continuous_now();
  SendEnd sent{};
  {
    const Departure departure(*channel_, listener, held_up);
    sent = co_await send(request.body);
  }
  if (channel_->bytes_sent() == sent_before) {
    channel_->close();
    co_return Answer(Reach::not_sent,
                     "the connection broke before the request (" + channel_->error() + ")",
                     FailureKind::closed);
  }
  const AnswerEnd end = co_await receive(sent);
  Answer answer = finished(end, timeout);
  answer.sent_at = sent_at;
  is_reusable_ = answer.reach == Reach::answered && sent == SendEnd::sent &&
                 parser_.keeps_alive() && !parser_.has_surplus();
  last_used_ = time_.now();
  channel_->deadline().clear();
  if (!is_reusable_) channel_->close();
  co_return answer;
}

Answer Connection::finished(AnswerEnd end, std::chrono::milliseconds timeout) {
  const Instant now = time_.continuous_now();
  if (end == AnswerEnd::complete) return parser_.take(now);
  Answer answer = failed(end, timeout);
  answer.received_at = now;
  return answer;
}

Answer Connection::failed(AnswerEnd end, std::chrono::milliseconds timeout) const {
  const std::string part = parser_.is_answering()
                               ? "after " + counted(parser_.body_bytes(), "byte") + " of its answer"
                               : "before it answered";
  switch (end) {
    case AnswerEnd::timeout:
      return Answer(Reach::sent_unanswered,
                    host_header_ + " gave no whole answer within " + seconds_text(timeout) +
                        " of the request",
                    FailureKind::timeout);
    case AnswerEnd::malformed:
      return Answer(Reach::sent_unanswered,
                    host_header_ + " sent what is no HTTP answer (" + parser_.error() + ")",
                    FailureKind::protocol);
    default:
      return Answer(
          Reach::sent_unanswered,
          host_header_ + " broke off the connection " + part + " (" + channel_->error() + ")",
          FailureKind::closed);
  }
}

}  // namespace payferry

#include "net/read_answer.hpp"

namespace payferry {

namespace {

/// Then the other connections have their turn, and the time limit.
constexpr int kMostReadsInARow = 64;

/// The end of the bytes is the end of some answers (no length, not chunked), and breaks all others.
AnswerEnd at_end_of_bytes(AnswerParser& parser) {
  return parser.ended() == AnswerParser::State::complete ? AnswerEnd::complete : AnswerEnd::closed;
}

}  // namespace

std::optional<AnswerEnd> read_what_is_there(Channel& channel, AnswerParser& parser) {
  for (int reads = 0; reads < kMostReadsInARow; ++reads) {
    std::size_t size = 0;
    switch (channel.read(parser.space(), size)) {
      case Channel::Progress::blocked:
        return std::nullopt;
      case Channel::Progress::closed:
        return at_end_of_bytes(parser);
      case Channel::Progress::failed:
        return AnswerEnd::closed;
      case Channel::Progress::done:
        break;
    }
    const auto state = parser.received(size);
    if (state == AnswerParser::State::complete) return AnswerEnd::complete;
    if (state == AnswerParser::State::failed) return AnswerEnd::malformed;
  }
  return std::nullopt;
}

boost::asio::awaitable<AnswerEnd> read_answer(Channel& channel, AnswerParser& parser) {
  for (;;) {
    if (const auto end = read_what_is_there(channel, parser)) co_return *end;
    const auto waited = co_await channel.wait(Channel::Readiness::readable);
    if (waited == Channel::WaitEnd::timeout) co_return AnswerEnd::timeout;
  }
}

}  // namespace payferry

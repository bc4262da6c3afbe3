#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "net/answer_parser.hpp"
#include "net/channel.hpp"

namespace payferry {

/// How the reading of an answer ended.
enum class AnswerEnd {
  complete,
  malformed,  ///< the parser says how
  closed,     ///< ended or broken off before the answer was whole; the channel says how
  timeout,
};

/// Takes what is there now, or a good deal of it, without waiting. Nothing: more is to come.
std::optional<AnswerEnd> read_what_is_there(Channel& channel, AnswerParser& parser);

/// Reads until the answer is whole or cannot be any more. Both must outlive the call. Throws
/// operation_aborted when cancelled; the channel is of no use then.
boost::asio::awaitable<AnswerEnd> read_answer(Channel& channel, AnswerParser& parser);

}  // namespace payferry

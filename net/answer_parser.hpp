#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "model/answer.hpp"

namespace payferry {

/// Most bytes of an answer's header (also of a chunk's, and of the trailers) and of its body, and
/// most answers of kind 1xx before it; what is larger is no answer.
inline constexpr std::size_t kMaxAnswerHeaderBytes = 64 * 1024;
inline constexpr std::size_t kMaxAnswerBodyBytes = 64 * 1024 * 1024;
inline constexpr int kMaxInterimAnswers = 100;

/// Reads HTTP answers, one after the other, out of bytes that come in pieces of any size. Answers
/// of kind 1xx are passed over. No I/O: read into space(), then call received() with how much that
/// was.
class AnswerParser {
 public:
  enum class State { incomplete, complete, failed };

  AnswerParser();
  ~AnswerParser();

  /// Before each answer. `body_follows` is false for the answer to CONNECT.
  void start(bool body_follows = true);

  /// Where to put the next bytes; never empty.
  std::span<char> space();
  State received(std::size_t size);
  /// The far side has ended in order. Completes an answer whose end is just that.
  State ended();

  /// The header of the final answer has been read.
  bool is_answering() const;
  bool is_complete() const;
  /// Of the body, so far.
  std::size_t body_bytes() const;
  /// Bytes came after the answer's end: the connection is out of step.
  bool has_surplus() const;
  /// The connection may take another request, as far as the answer says.
  bool keeps_alive() const;
  /// The complete answer's status, header values and body; `received_at` dates a Retry-After that
  /// is a date, where the answer has no Date of its own.
  Answer take(Instant received_at);
  /// Of a failed answer, for people.
  std::string error() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace payferry

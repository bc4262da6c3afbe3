#include "bench/simulator/core/simulated_exchange.hpp"

#include <utility>

namespace payferry::simulator {

Answer to_answer(SimulatedReply reply, Instant sent_at, Instant received_at) {
  Answer answer;
  answer.sent_at = sent_at;
  answer.received_at = received_at;
  if (reply.delivery != Delivery::answered) {
    answer.reach = Reach::sent_unanswered;
    answer.failure_kind = FailureKind::closed;
    answer.failure =
        reply.delivery == Delivery::dropped ? "connection reset by peer" : "the answer broke off";
    return answer;
  }
  answer.reach = Reach::answered;
  answer.status = reply.status;
  answer.body = std::move(reply.body);
  answer.correlation_id = std::move(reply.correlation_id);
  answer.retry_after = reply.retry_after;
  answer.date = std::chrono::floor<std::chrono::seconds>(reply.date);
  answer.rate = reply.rate;
  return answer;
}

}  // namespace payferry::simulator

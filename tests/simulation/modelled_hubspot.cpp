#include "simulation/modelled_hubspot.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "net/api_path.hpp"

namespace payferry::test {

namespace asio = boost::asio;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

namespace {

std::string target_of(const ApiCall& call) {
  const std::string object = call.object.empty() ? "commerce_payments" : call.object;
  return api_path(call.endpoint, "v3", object, call.to_object);
}

}  // namespace

std::uint64_t RequestsUnderWay::leave(std::string target, std::string body, Instant arrival) {
  const std::uint64_t ticket = next_ticket_++;
  Request& request = requests_[ticket];
  request.target = std::move(target);
  request.body = std::move(body);
  request.arrival = arrival;
  return ticket;
}

simulator::SimulatedReply RequestsUnderWay::arrive(std::uint64_t ticket, Instant now) {
  const auto request = requests_.extract(ticket);
  simulator::SimulatedRequest arrived;
  arrived.method = "POST";
  arrived.target = request.mapped().target;
  arrived.authorization = "Bearer simulated";
  arrived.body = request.mapped().body;
  return hubspot_.handle(arrived, now);
}

Instant RequestsUnderWay::arrive_all(Instant now) {
  std::vector<std::pair<Instant, std::uint64_t>> order;
  for (const auto& [ticket, request] : requests_)
    order.emplace_back(std::max(request.arrival, now), ticket);
  std::sort(order.begin(), order.end());
  for (const auto& [arrival, ticket] : order) {
    arrive(ticket, arrival);
    now = arrival;
  }
  return now;
}

SteadyDuration ModelledHubSpot::draw_way() {
  std::uniform_int_distribution<SteadyDuration::rep> way(network_.shortest_way.count(),
                                                         network_.longest_way.count());
  return SteadyDuration(way(random_));
}

bool ModelledHubSpot::draw(double probability) {
  return std::uniform_real_distribution<>()(random_) < probability;
}

asio::awaitable<Answer> ModelledHubSpot::call(const ApiCall& call, SendListener& listener) {
  if (draw(network_.lost_before_way)) {
    co_await time_.sleep_for(draw_way());
    co_return Answer(Reach::not_sent, "the modelled network refused the connection",
                     FailureKind::refused_or_unreachable);
  }
  listener.sent({});
  const Instant sent_at = time_.wall_now();
  const SteadyPoint give_up = time_.now() + network_.request_timeout;
  Answer timeout(Reach::sent_unanswered, "no answer in time", FailureKind::timeout);
  timeout.sent_at = sent_at;
  timeout.received_at = sent_at + duration_cast<milliseconds>(network_.request_timeout);
  if (draw(network_.lost_on_the_way)) {
    co_await time_.sleep_until(give_up);
    co_return timeout;
  }
  const SteadyDuration way = draw_way();
  const std::uint64_t ticket = under_way_.leave(target_of(call), std::string(call.body),
                                                sent_at + duration_cast<milliseconds>(way));
  co_await time_.sleep_for(way);
  if (cut_) throw std::runtime_error("the modelled process is dead");
  simulator::SimulatedReply reply = under_way_.arrive(ticket, time_.wall_now());
  const SteadyPoint answered = time_.now() + reply.delay + draw_way();
  co_await time_.sleep_until(std::min(answered, give_up));
  if (cut_) throw std::runtime_error("the modelled process is dead");
  if (answered > give_up) co_return timeout;
  co_return simulator::to_answer(std::move(reply), sent_at, time_.wall_now());
}

}  // namespace payferry::test

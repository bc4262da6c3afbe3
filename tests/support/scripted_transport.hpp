#pragma once

#include <deque>
#include <string>
#include <vector>

#include "net/time.hpp"
#include "net/transport.hpp"

namespace payferry::test {

/// Gives the answers that were put into it, each after `delay`, and keeps what it was asked.
class ScriptedTransport final : public Transport {
 public:
  explicit ScriptedTransport(Time& time) : time_(time) {}

  boost::asio::awaitable<Answer> exchange(const HttpRequest& request,
                                          SendListener& listener) override {
    seen.push_back(std::string(request.method) + " " + request.target);
    bodies.emplace_back(request.body);
    authorizations.push_back(request.authorization);
    content_types.emplace_back(request.content_type);
    listener.sent({});
    Answer answer;
    if (!answers.empty()) {
      answer = std::move(answers.front());
      answers.pop_front();
    }
    co_await time_.sleep_for(delay);
    co_return answer;
  }

  void answer_with(int status, std::string body) {
    Answer answer;
    answer.reach = Reach::answered;
    answer.status = status;
    answer.body = std::move(body);
    answers.push_back(std::move(answer));
  }

  std::deque<Answer> answers;
  SteadyDuration delay{};
  std::vector<std::string> seen;
  std::vector<std::string> bodies;
  std::vector<std::string> authorizations;
  std::vector<std::string> content_types;

 private:
  Time& time_;
};

}  // namespace payferry::test

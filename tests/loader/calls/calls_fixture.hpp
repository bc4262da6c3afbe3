#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <exception>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "loader/calls/call_context.hpp"
#include "support/virtual_time.hpp"

namespace payferry::test {

/// Gives the answers that were put into it, then empty successes, each after `latency`.
class AnsweringHubSpot final : public HubSpotApi {
 public:
  explicit AnsweringHubSpot(Time& time) : time_(time) {}

  boost::asio::awaitable<Answer> call(const ApiCall& call, SendListener& listener) override {
    listener.sent({});
    bodies.emplace_back(call.body);
    sent.push_back(time_.now() - SteadyPoint());
    co_await time_.sleep_for(latency);
    Answer answer = success("{}");
    if (!answers.empty()) {
      answer = std::move(answers.front());
      answers.pop_front();
    }
    ++answered;
    co_return answer;
  }

  static Answer success(std::string body, int status = 200) {
    Answer answer;
    answer.reach = Reach::answered;
    answer.status = status;
    answer.body = std::move(body);
    return answer;
  }

  SteadyDuration latency = std::chrono::milliseconds(100);
  std::deque<Answer> answers;
  std::vector<std::string> bodies;
  std::vector<SteadyDuration> sent;  ///< when each call went out, since the start
  std::size_t answered = 0;

 private:
  Time& time_;
};

/// All that calls need, in virtual time.
class CallsFixture : public testing::Test {
 protected:
  CallContext& calls() {
    if (!calls_) {
      admission_.emplace(settings_.limits, time_, context_.get_executor());
      calls_.emplace(CallContext{settings_, api_, *admission_, time_, stop_, random_,
                                 Event(context_.get_executor())});
    }
    return *calls_;
  }

  /// Starts a coroutine; has_ended_ and failure_ tell what became of it.
  void start(boost::asio::awaitable<void> work) {
    boost::asio::co_spawn(context_, std::move(work), [this](std::exception_ptr error) {
      failure_ = std::move(error);
      has_ended_ = true;
    });
  }
  void run() { time_.run(); }
  void run_until(SteadyDuration since_start) { time_.run_until(SteadyPoint(since_start)); }
  SteadyDuration now() const { return time_.now() - SteadyPoint(); }

  boost::asio::io_context context_;
  VirtualTime time_{context_};
  Settings settings_;
  AnsweringHubSpot api_{time_};
  StopSignal stop_{context_.get_executor()};
  std::mt19937_64 random_{1};
  bool has_ended_ = false;
  std::exception_ptr failure_;

 private:
  std::optional<Admission> admission_;
  std::optional<CallContext> calls_;
};

}  // namespace payferry::test

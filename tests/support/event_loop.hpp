#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <utility>

#include "net/time.hpp"

namespace payferry::test {

/// Virtual time for classes without coroutines: things happen in order, and one seed decides
/// everything.
class EventLoop {
 public:
  explicit EventLoop(std::uint64_t seed) : random_(seed) {}

  SteadyPoint now() const { return now_; }
  void at(SteadyPoint when, std::function<void()> what) { events_.emplace(when, std::move(what)); }
  void after(SteadyDuration delay, std::function<void()> what) {
    at(now_ + delay, std::move(what));
  }

  void run_until(SteadyPoint end) {
    while (!events_.empty() && events_.begin()->first < end) {
      auto first = events_.extract(events_.begin());
      now_ = first.key();
      first.mapped()();
    }
    now_ = end;
  }

  SteadyDuration random(SteadyDuration from, SteadyDuration to) {
    return SteadyDuration(
        std::uniform_int_distribution<std::int64_t>(from.count(), to.count())(random_));
  }
  bool chance(double probability) { return std::bernoulli_distribution(probability)(random_); }
  std::mt19937_64& engine() { return random_; }

 private:
  std::mt19937_64 random_;
  std::multimap<SteadyPoint, std::function<void()>> events_;
  SteadyPoint now_{};
};

}  // namespace payferry::test

#pragma once

#include <deque>

#include "net/budget.hpp"

namespace payferry {

/// The budget of one process: a sliding log of sends. A token bucket would let twice its size
/// through in one window (a full bucket, and what flows in while it empties); a log never does.
class RequestWindow final : public Budget {
 public:
  Leave look(SteadyPoint now, std::span<const WindowRule> rules) override;
  Leave reserve(SteadyPoint now, std::span<const WindowRule> rules) override;
  void sent(SteadyPoint now) override;
  void give_back() override;
  void sent_again(SteadyPoint now) override;
  std::uint32_t sends_between(SteadyPoint from, SteadyPoint to) override;

  std::uint32_t reserved() const { return reserved_; }

 private:
  SteadyPoint room_at(const WindowRule& rule) const;
  void forget_old(SteadyPoint now);

  std::deque<SteadyPoint> sends_;  ///< in order
  std::uint32_t reserved_ = 0;
  SteadyDuration longest_span_{};
};

}  // namespace payferry

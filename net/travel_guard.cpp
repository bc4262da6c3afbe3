#include "net/travel_guard.hpp"

#include <algorithm>

namespace payferry {

namespace {

using namespace std::chrono_literals;

// Busy machines on both ends delay a request too, and no handshake shows it.
constexpr SteadyDuration kLeast = 40ms;
constexpr SteadyDuration kLongest = 250ms;
constexpr auto kLessonHalvesEvery = 2min;
constexpr std::size_t kEnoughRoundTrips = 8;

}  // namespace

TravelGuard::TravelGuard(SteadyDuration window)
    : least_(std::min<SteadyDuration>(kLeast, window / 200)), measured_(least_) {}

SteadyDuration TravelGuard::length(SteadyPoint now) const {
  const std::chrono::duration<double> age = now - lesson_at_;
  const std::chrono::duration<double> half_life = kLessonHalvesEvery;
  const auto halvings = std::min(static_cast<int>(age / half_life), 30);
  return std::min(measured_ + lesson_ / (1 << halvings), kLongest);
}

void TravelGuard::travelled(SteadyDuration round_trip) {
  round_trips_[seen_++ % kRoundTrips] = round_trip;
  if (seen_ >= kEnoughRoundTrips) measured_ = std::max(least_, spread());
}

// The spread of round trips bounds the spread of one way. One in ten may be slower: a lost SYN is
// sent again after a second, and requests do not travel that way on a connection that stands.
SteadyDuration TravelGuard::spread() const {
  auto sorted = round_trips_;
  const auto count = std::min(seen_, kRoundTrips);
  std::sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(count));
  return sorted[count * 9 / 10] - sorted.front();
}

void TravelGuard::was_too_short(SteadyPoint now) {
  lesson_ = std::min(length(now), kLongest);
  lesson_at_ = now;
}

}  // namespace payferry

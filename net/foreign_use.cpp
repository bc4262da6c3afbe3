#include "net/foreign_use.hpp"

#include <algorithm>

namespace payferry {

namespace {

using namespace std::chrono_literals;

constexpr int kFadesIn = 10;  // windows, when nothing more is heard
constexpr int kPieces = 8;    // in which the time from sending to the answer is looked at
constexpr int kSamplesInAWindow = 100;

std::uint32_t excess(std::uint32_t used, std::uint32_t own) {
  return used > own ? used - own : 0;
}

std::uint32_t likely_own(const WindowReading& reading, Budget& own) {
  return own.sends_between(reading.sent - reading.rule.span, reading.sent + reading.travel);
}

/// No moment between sending and the answer had more own requests in the window.
std::uint32_t most_own(const WindowReading& reading, Budget& own) {
  const auto piece = (reading.received - reading.sent) / kPieces + SteadyDuration(1);
  std::uint32_t most = 0;
  for (int i = 0; i < kPieces; ++i) {
    const auto start = reading.sent + i * piece;
    const auto end = std::max(start + piece, start + reading.travel);
    most = std::max(most, own.sends_between(start - reading.rule.span - reading.travel, end));
  }
  return most;
}

}  // namespace

void ForeignUse::observe(const WindowReading& reading, Budget& own) {
  const bool is_certain = excess(reading.used, most_own(reading, own)) > 0;
  const Sample sample{reading.sent,
                      is_certain ? excess(reading.used, likely_own(reading, own)) : 0};
  span_ = reading.rule.span;
  if (sample.count > 0) last_seen_ = std::max(last_seen_, sample.at);
  add(sample, span_);
}

void ForeignUse::add(const Sample& sample, SteadyDuration span) {
  const auto same = span / kSamplesInAWindow;
  auto place = samples_.end();
  while (place != samples_.begin() && std::prev(place)->at > sample.at) --place;
  if (place != samples_.begin() && sample.at - std::prev(place)->at < same) {
    std::prev(place)->count = std::max(std::prev(place)->count, sample.count);
  } else {
    samples_.insert(place, sample);
  }
  while (samples_.front().at + span < samples_.back().at) samples_.pop_front();
}

std::uint32_t ForeignUse::expected(SteadyPoint now) const {
  if (!is_active(now)) return 0;
  const auto& latest = samples_.back();
  const auto age = now - latest.at;
  if (age > span_) return fading(latest.count, age);
  const auto ahead = std::min(age, span_ / 12);
  const auto now_used = latest.count + trend_per_tick() * static_cast<double>(ahead.count());
  return static_cast<std::uint32_t>(std::max(now_used, 0.0));
}

// Without headers only a 429 tells of others, or of a limit lower than we think: forgotten at once,
// each window would run into it again.
std::uint32_t ForeignUse::fading(std::uint32_t count, SteadyDuration age) const {
  const auto left = (kFadesIn + 1) * span_ - age;
  return static_cast<std::uint32_t>(count * (left / SteadyDuration(1ms)) /
                                    (kFadesIn * span_ / SteadyDuration(1ms)));
}

double ForeignUse::trend_per_tick() const {
  const auto& latest = samples_.back();
  const auto past = std::find_if(samples_.begin(), samples_.end(), [&](const Sample& sample) {
    return sample.at + span_ / 5 >= latest.at;
  });
  if (past->at >= latest.at) return 0;
  const auto rise = static_cast<double>(latest.count) - static_cast<double>(past->count);
  // What falls is followed with care: others may be about to send again.
  const auto change = rise > 0 ? rise : rise / 2;
  return change / static_cast<double>((latest.at - past->at).count());
}

// What was seen counts until later readings show that it is gone.
bool ForeignUse::is_active(SteadyPoint now) const {
  if (samples_.empty() || last_seen_ == SteadyPoint::min()) return false;
  const bool is_refuted = samples_.back().at > last_seen_ + span_ / 10;
  return !is_refuted && last_seen_ + (kFadesIn + 1) * span_ >= now;
}

}  // namespace payferry

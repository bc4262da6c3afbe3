#include "net/foreign_use.hpp"

#include <algorithm>

namespace payferry {

namespace {

using namespace std::chrono_literals;

constexpr int kFadesIn = 10;  // windows, when nothing more is heard
constexpr int kPieces = 8;    // in which the time from sending to the answer is looked at
constexpr int kSamplesInAWindow = 100;
constexpr std::uint32_t kUnsure = 1;   // requests that may have overtaken one another
constexpr std::uint32_t kTelling = 8;  // own requests on whose counting a reading depends
constexpr std::uint32_t kEnoughReadings = 20;

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
  if (reading.refused) refused_.push_back(reading.sent);
  const auto refused = refused_before(reading);
  const OwnUse own_use{excess(likely_own(reading, own), refused),
                       excess(most_own(reading, own), refused)};
  const auto likely = excess(reading.used, own_use.likely);
  Sample sample{reading.sent, is_foreign(reading.used, own_use) ? likely : 0};
  if (reading.refused) sample.count = std::max(likely, 1u);
  span_ = reading.rule.span;
  if (sample.count > 0) last_seen_ = std::max(last_seen_, sample.at);
  add(sample, span_);
}

// Own requests between sending and the answer could have shown themselves again and again, and
// never did: then this server counts on arrival, and what is more than `likely` is somebody else's.
bool ForeignUse::is_foreign(std::uint32_t used, const OwnUse& own) {
  if (used > own.most) return true;
  if (used > own.likely + kUnsure) {
    if (counted_on_arrival_ >= kEnoughReadings) return true;
    counted_on_arrival_ = 0;
  } else if (own.most >= own.likely + kTelling) {
    ++counted_on_arrival_;
  }
  return false;
}

/// Own requests that took no place in the window of this reading (contract §4: whether refused ones
/// take one is unsure; where they do, others are taken for more than they are for one window).
std::uint32_t ForeignUse::refused_before(const WindowReading& reading) {
  const auto is_in_window = [&](SteadyPoint sent) {
    return sent <= reading.sent && sent + reading.rule.span > reading.sent;
  };
  while (!refused_.empty() && refused_.front() + 2 * reading.rule.span < reading.sent)
    refused_.pop_front();
  return static_cast<std::uint32_t>(std::count_if(refused_.begin(), refused_.end(), is_in_window));
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

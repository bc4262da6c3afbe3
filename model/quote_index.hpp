#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/quote_blocks.hpp"

namespace payferry {

/// Where the quotes and backslashes of a text stand. Most of an answer is short strings, and a
/// search that begins where the one before has ended waits for it; so a stretch of the text is
/// looked at as a whole, ahead of what asks.
class QuoteIndex {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  static constexpr std::size_t kStretch = 2048;

  /// `text` must outlive the index.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): places are read as far as noted
  explicit QuoteIndex(std::string_view text)
      : base_(text.data()), end_(text.data() + text.size()), stretch_end_(base_) {
    std::fill_n(places_.begin(), kSentinels, kNone);
  }
  QuoteIndex(const QuoteIndex&) = delete;
  QuoteIndex& operator=(const QuoteIndex&) = delete;

  /// The first quote or backslash at `at` or behind it, else the text's end. `at` never goes back.
  const char* find(const char* at) {
    for (;;) {
      const std::uint32_t place = places_[step_to(at)];
      if (place != kNone) return base_ + place;
      if (stretch_end_ == end_) return end_;
      at = std::max(at, stretch_end_);
      look_at_stretch(at);
    }
  }

  /// The places from `at` on, counted from base(), with kNone behind the last one of the stretch.
  /// That stretch has four of them, or reaches half a stretch ahead: looking again wherever there
  /// are fewer would take a text without quotes times and again.
  const std::uint32_t* four_from(const char* at) {
    const bool is_near_end = stretch_end_ != end_ && stretch_end_ - at < kHalfStretch;
    if (is_near_end && places_[step_to(at) + 3] == kNone) look_at_stretch(at);
    step_to(at);
    return &places_[next_];
  }
  const char* base() const { return base_; }
  /// What four_from() gave was used up to `next`.
  void go_on_from(const std::uint32_t* next) {
    next_ = static_cast<std::size_t>(next - places_.data());
  }

 private:
  static constexpr std::ptrdiff_t kHalfStretch = kStretch / 2;
  static constexpr std::size_t kSentinels = 4;

  std::size_t step_to(const char* at) {
    const auto from = static_cast<std::uint32_t>(std::max(at, base_) - base_);
    while (places_[next_] < from) ++next_;
    return next_;
  }
  void look_at_stretch(const char* from);

  const char* base_;  ///< where the stretch begins
  const char* end_;
  const char* stretch_end_;
  std::size_t next_ = 0;
  std::array<std::uint32_t, kStretch + kSentinels + kSpareQuotePlaces> places_;
};

}  // namespace payferry

#pragma once

#include <string_view>

#include "model/card_number.hpp"

namespace payferry {

/// Stands in the files of rejects where a row was too long to be kept whole. What holds it is not
/// loaded: the row could pass for a whole one.
inline constexpr std::string_view kCutMark =
    "[the rest of the row was too long and cut off by payferry]";
static_assert(kCutMark.size() >= kCardMarkBytes, "a shorter text is not searched for marks");

inline constexpr std::string_view kCutMessage =
    "the record was too long when it was refused, and was cut where the mark stands; take the "
    "whole of it from the source";

inline constexpr std::string_view kMaskedMessage =
    "what looked like a card number was masked here when the record was refused; put the digits "
    "back by hand, or take the mark out";

inline bool holds_cut_mark(std::string_view text) {
  return text.find(kCutMark) != std::string_view::npos;
}

/// Of a card number, or of a row that was cut. Looks for what all marks end with first.
inline bool holds_reject_mark(std::string_view text) {
  return text.size() >= kCardMarkBytes && text.find(" by payferry]") != std::string_view::npos &&
         (holds_card_mark(text) || holds_cut_mark(text));
}

}  // namespace payferry

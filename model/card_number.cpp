#include "model/card_number.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "model/digits.hpp"
#include "model/eight_bytes.hpp"

namespace payferry {

namespace {

constexpr std::size_t kFewestDigits = 13;
constexpr std::size_t kMostDigits = 19;
constexpr std::size_t kDigitsShown = 4;
constexpr std::string_view kMarkBegin = "[card number ending in ";
constexpr std::string_view kMarkEnd = " masked by payferry]";
static_assert(kMarkBegin.size() + kDigitsShown + kMarkEnd.size() == kCardMarkBytes);

/// Numbers that begin with `first` to `last` (so many leading digits as these have) and have one of
/// the lengths.
struct IssuerRange {
  unsigned first = 0;
  unsigned last = 0;
  std::size_t prefix_digits = 0;
  std::size_t shortest = 0;
  std::size_t longest = 0;
  std::size_t length_step = 1;
};

constexpr std::array<IssuerRange, 13> kIssuerRanges{{
    {4, 4, 1, 13, 19, 3},     // Visa: 13, 16, 19
    {51, 55, 2, 16, 16},      // Mastercard
    {2221, 2720, 4, 16, 16},  // Mastercard
    {34, 34, 2, 15, 15},      // American Express
    {37, 37, 2, 15, 15},      // American Express
    {6011, 6011, 4, 16, 19},  // Discover
    {644, 649, 3, 16, 19},    // Discover
    {65, 65, 2, 16, 19},      // Discover
    {3528, 3589, 4, 16, 19},  // JCB
    {300, 305, 3, 14, 14},    // Diners Club
    {36, 36, 2, 14, 14},      // Diners Club
    {38, 39, 2, 14, 14},      // Diners Club
    {62, 62, 2, 16, 19},      // UnionPay
}};

unsigned leading_number(std::string_view digits, std::size_t count) {
  unsigned number = 0;
  for (const char digit : digits.substr(0, count)) number = number * 10 + digit_value(digit);
  return number;
}

bool has_issuers_form(std::string_view digits) {
  return std::any_of(kIssuerRanges.begin(), kIssuerRanges.end(),
                     [digits](const IssuerRange& range) {
                       const unsigned prefix = leading_number(digits, range.prefix_digits);
                       return prefix >= range.first && prefix <= range.last &&
                              digits.size() >= range.shortest && digits.size() <= range.longest &&
                              (digits.size() - range.shortest) % range.length_step == 0;
                     });
}

/// From the right, every second digit counts twice, with its digits added; a right number's sum
/// ends in zero.
bool has_luhn_digit(std::string_view digits) {
  unsigned sum = 0;
  bool twice = false;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
    const unsigned value = digit_value(*digit) << (twice ? 1 : 0);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

bool has_enough_digits(std::string_view text) {
  if (text.size() < kFewestDigits) return false;
  const char* const end = text.data() + text.size();
  const char* at = text.data();
  std::size_t count = 0;
  for (; end - at > 8; at += 8) count += EightBytes::at(at).count_digits();
  count += EightBytes::last_before(end, static_cast<std::size_t>(end - at)).count_digits();
  return count >= kFewestDigits;
}

std::size_t end_of_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

/// A dot parts the groups of a printed number only: amounts, addresses and versions have dots too.
bool is_printed_group(std::size_t digits) {
  return digits >= 4 && digits <= 6;
}

/// Bytes of the blank or dash that the text begins with, in UTF-8 or a one-byte encoding, whose
/// bytes never follow a digit in UTF-8; 0 where it begins with none.
std::size_t separator_bytes(std::string_view text) {
  if (text.empty()) return 0;
  const char first = text.front();
  if (first == ' ' || first == '-' || first == '\xA0') return 1;
  if (first == '\x96' || first == '\x97') return 1;  // the dashes of windows-1252
  if (text.starts_with("\xC2\xA0")) return 2;
  const bool of_three = text.size() >= 3 && text.starts_with("\xE2\x80");
  const auto third = static_cast<unsigned char>(of_three ? text[2] : 0);
  // U+2000 to U+200A are blanks, U+2010 to U+2015 dashes, U+202F a narrow blank.
  const bool separates =
      third == 0xAF || (third >= 0x80 && third <= 0x8A) || (third >= 0x90 && third <= 0x95);
  return separates ? 3 : 0;
}

/// Where the next group of digits starts if one separator leads to it from `at`, the end of a group
/// of `digits`; else the text's size.
std::size_t next_group(std::string_view text, std::size_t at, std::size_t digits) {
  const bool is_dot = at < text.size() && text[at] == '.' && is_printed_group(digits);
  const std::size_t next = at + (is_dot ? 1 : separator_bytes(text.substr(at)));
  const bool leads_on = next > at && next < text.size() && is_digit(text[next]) &&
                        (!is_dot || is_printed_group(end_of_digits(text, next) - next));
  return leads_on ? next : text.size();
}

/// End of the longest card number whose first group of digits starts at `start`; `start` where
/// there is none.
std::size_t card_number_end(std::string_view text, std::size_t start) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled as far as `count` says.
  std::array<char, kMostDigits> digits;
  std::size_t count = 0;
  std::size_t card_end = start;
  for (std::size_t at = start; at < text.size();) {
    const std::size_t group_end = end_of_digits(text, at);
    if (count + (group_end - at) > kMostDigits) break;
    count =
        static_cast<std::size_t>(std::copy(text.begin() + static_cast<std::ptrdiff_t>(at),
                                           text.begin() + static_cast<std::ptrdiff_t>(group_end),
                                           digits.begin() + static_cast<std::ptrdiff_t>(count)) -
                                 digits.begin());
    if (is_card_number({digits.data(), count})) card_end = group_end;
    at = next_group(text, group_end, group_end - at);
  }
  return card_end;
}

/// Out of line, so that asking for enough digits, which nearly every text lacks, costs no more than
/// that.
template <typename Found>
[[gnu::noinline]] void each_card_number_of_digits(std::string_view text, Found found) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    const std::size_t end = card_number_end(text, at);
    if (end != at && !found(at, end)) return;
    at = end != at ? end : end_of_digits(text, at);
  }
}

/// Calls `found(first, end)` for each card number until it returns false.
template <typename Found>
void each_card_number(std::string_view text, Found found) {
  if (has_enough_digits(text)) each_card_number_of_digits(text, found);
}

void mask(std::string& text, std::size_t first, std::size_t end) {
  std::size_t shown = 0;
  for (std::size_t at = end; at-- > first;) {
    if (is_digit(text[at]) && ++shown > kDigitsShown) text[at] = '*';
  }
}

std::string last_digits(std::string_view number) {
  std::string digits;
  std::copy_if(number.begin(), number.end(), std::back_inserter(digits), is_digit);
  return digits.substr(digits.size() - kDigitsShown);
}

}  // namespace

bool is_card_number(std::string_view digits) {
  return digits.size() >= kFewestDigits && digits.size() <= kMostDigits &&
         has_issuers_form(digits) && has_luhn_digit(digits);
}

bool holds_card_number(std::string_view text) {
  bool holds = false;
  each_card_number(text, [&holds](std::size_t, std::size_t) {
    holds = true;
    return false;
  });
  return holds;
}

std::string mask_card_numbers(std::string_view text) {
  std::string masked(text);
  each_card_number(text, [&masked](std::size_t first, std::size_t end) {
    mask(masked, first, end);
    return true;
  });
  return masked;
}

std::string mark_card_numbers(std::string_view text) {
  std::string marked;
  std::size_t at = 0;
  each_card_number(text, [&](std::size_t first, std::size_t end) {
    marked.append(text.substr(at, first - at)).append(kMarkBegin);
    marked.append(last_digits(text.substr(first, end - first))).append(kMarkEnd);
    at = end;
    return true;
  });
  return marked.append(text.substr(at));
}

bool holds_card_mark(std::string_view text) {
  return text.size() >= kCardMarkBytes && text.find(kMarkEnd) != text.npos;
}

}  // namespace payferry

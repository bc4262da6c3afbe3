#include "model/decimal_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "model/blanks.hpp"
#include "model/currency.hpp"
#include "model/digits.hpp"
#include "model/letters.hpp"

namespace payferry {

namespace {

/// ASCII's, or U+2212.
std::size_t leading_minus(std::string_view text) {
  if (text.starts_with('-')) return 1;
  return text.starts_with("\xE2\x88\x92") ? 3 : 0;
}

/// The signs of Latin-1 and the block U+20A0 to U+20CF. The cent sign is none: it would mean
/// another number.
std::size_t leading_currency_sign(std::string_view text) {
  if (text.starts_with('$')) return 1;
  for (const std::string_view sign : {"\xC2\xA3", "\xC2\xA4", "\xC2\xA5"}) {
    if (text.starts_with(sign)) return sign.size();
  }
  const bool in_block =
      text.size() >= 3 && (text.starts_with("\xE2\x82") || text.starts_with("\xE2\x83"));
  if (!in_block) return 0;
  const auto last = static_cast<unsigned char>(text[2]);
  const bool second_half = text[1] == '\x83';
  const unsigned first_of_block = second_half ? 0x80 : 0xA0;
  const unsigned last_of_block = second_half ? 0x8F : 0xBF;
  return last >= first_of_block && last <= last_of_block ? 3 : 0;
}

std::size_t leading_letters(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_letter(text[count])) ++count;
  return count;
}

/// "€", "US$", "GBP": bytes of what names a currency at the start of `text`.
std::size_t leading_currency(std::string_view text) {
  const std::size_t letters = leading_letters(text);
  if (const std::size_t sign = leading_currency_sign(text.substr(letters));
      sign != 0 && letters <= 3) {
    return letters + sign;
  }
  const auto code = Currency::parse(text.substr(0, letters));
  return code && code->exponent() ? letters : 0;
}

/// What may stand around a number's digits, each at most once.
class Wrapping {
 public:
  explicit Wrapping(std::string_view text) : rest_(text) {}

  /// Takes it off; false where something stands there twice or is no part of a number.
  bool take_off() {
    while (take('(', opened_) || take_piece()) {
    }
    const std::size_t end = rest_.find_last_of("0123456789.,") + 1;
    digits_ = rest_.substr(0, end);
    rest_.remove_prefix(end);
    const bool plus_before = signs_ == 1 && !negative_;
    while (take(')', closed_) || take_piece()) {
    }
    const bool plus_behind = signs_ == 1 && !negative_ && !plus_before;
    negative_ = negative_ || opened_ == 1;
    return rest_.empty() && !digits_.empty() && opened_ == closed_ && signs_ + opened_ <= 1 &&
           currencies_ <= 1 && !plus_behind;
  }

  bool negative() const { return negative_; }
  std::string_view digits() const { return digits_; }
  /// Of the code that stands beside them; unknown where there is none.
  Currency currency() const { return currency_; }

 private:
  bool take(char bracket, int& count) {
    if (!rest_.starts_with(bracket)) return false;
    return drop(1, count);
  }

  bool take_piece() {
    if (const std::size_t blank = leading_blank(rest_)) return drop(blank, blanks_);
    if (rest_.starts_with('+')) return drop(1, signs_);
    if (const std::size_t minus = leading_minus(rest_)) {
      negative_ = true;
      return drop(minus, signs_);
    }
    const std::size_t currency = leading_currency(rest_);
    if (currency == 0) return false;
    currency_ = Currency::parse(rest_.substr(0, currency)).value_or(Currency());
    return drop(currency, currencies_);
  }

  bool drop(std::size_t bytes, int& count) {
    rest_.remove_prefix(bytes);
    ++count;
    return true;
  }

  std::string_view rest_;
  std::string_view digits_;
  Currency currency_;
  bool negative_ = false;
  int opened_ = 0;
  int closed_ = 0;
  int signs_ = 0;
  int currencies_ = 0;
  int blanks_ = 0;
};

/// Bytes of a separator of groups of digits at the start of `text`.
std::size_t leading_separator(std::string_view text, char decimal_mark) {
  if (text.starts_with(decimal_mark == '.' ? ',' : '.') || text.starts_with('\'')) return 1;
  if (text.starts_with("\xE2\x80\x99")) return 3;
  return leading_blank(text);
}

/// Digits without separators, in Decimal's own syntax; longer than any number that is taken.
class PlainNumber {
 public:
  bool append(char character) {
    if (size_ == text_.size()) return false;
    text_[size_++] = character;
    return true;
  }
  std::string_view text() const { return {text_.data(), size_}; }

 private:
  std::array<char, 80> text_{};
  std::size_t size_ = 0;
};

/// Lengths of the groups before the decimal mark, checked as they end.
class Grouping {
 public:
  /// A group of `digits` ended in a separator.
  void end_group(std::size_t digits) {
    if (groups_ == 0) {
      first_digits_ = digits;
    } else {
      right_ = right_ && (groups_ == 1 || digits == inner_digits_);
      inner_digits_ = digits;
    }
    ++groups_;
  }

  /// The integer part ended, its last group having `digits`.
  bool is_right(std::size_t digits) const {
    if (groups_ == 0) return true;
    const bool thousands = inner_digits_ == 3 && first_digits_ <= 3;
    const bool lakhs = inner_digits_ == 2 && first_digits_ <= 2;
    return right_ && digits == 3 && first_digits_ >= 1 && (thousands || lakhs);
  }

 private:
  std::size_t groups_ = 0;
  std::size_t first_digits_ = 0;
  std::size_t inner_digits_ = 3;
  bool right_ = true;
};

/// Reads what is left between sign and currency: groups of digits, a mark, decimals.
class DigitReader {
 public:
  DigitReader(std::string_view text, char decimal_mark)
      : rest_(text), decimal_mark_(decimal_mark) {}

  std::optional<DecimalProblem> read(PlainNumber& plain) {
    if (const auto problem = read_integer(plain)) return problem;
    if (rest_.empty()) return std::nullopt;
    rest_.remove_prefix(1);
    if (!plain.append('.')) return DecimalProblem::too_many_digits;
    if (const auto problem = read_group(plain)) return problem;
    if (rest_.empty()) return std::nullopt;
    return leading_separator(rest_, decimal_mark_) != 0 ? DecimalProblem::wrong_grouping
                                                        : DecimalProblem::not_a_number;
  }

 private:
  /// Stops at the decimal mark or the end.
  std::optional<DecimalProblem> read_integer(PlainNumber& plain) {
    Grouping grouping;
    const bool zero_first = rest_.starts_with('0');
    for (;;) {
      const std::size_t before = rest_.size();
      if (const auto problem = read_group(plain)) return problem;
      const std::size_t digits = before - rest_.size();
      if (rest_.empty() || rest_.front() == decimal_mark_) {
        if (!grouping.is_right(digits)) return DecimalProblem::wrong_grouping;
        return std::nullopt;
      }
      if (!take_separator()) return DecimalProblem::not_a_number;
      // No thousands begin with a zero: "0,123" was written with another decimal mark.
      if (zero_first) return DecimalProblem::wrong_grouping;
      grouping.end_group(digits);
    }
  }

  std::optional<DecimalProblem> read_group(PlainNumber& plain) {
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1)) {
      if (!plain.append(rest_.front())) return DecimalProblem::too_many_digits;
    }
    return std::nullopt;
  }

  bool take_separator() {
    const std::size_t bytes = leading_separator(rest_, decimal_mark_);
    if (bytes == 0) return false;
    const std::string_view taken = rest_.substr(0, bytes);
    if (!separator_.empty() && separator_ != taken) return false;
    separator_ = taken;
    rest_.remove_prefix(bytes);
    return true;
  }

  std::string_view rest_;
  std::string_view separator_;
  char decimal_mark_;
};

}  // namespace

tl::expected<Decimal, DecimalProblem> parse_decimal_text(std::string_view text, char decimal_mark,
                                                         Currency currency) {
  if (decimal_mark == '.') {
    if (const auto plain = Decimal::parse(text)) return *plain;
  }
  Wrapping wrapping(text);
  if (!wrapping.take_off()) return tl::unexpected(DecimalProblem::not_a_number);
  if (wrapping.currency().is_known() && currency.is_known() && wrapping.currency() != currency)
    return tl::unexpected(DecimalProblem::other_currency);
  PlainNumber plain;
  if (wrapping.negative()) plain.append('-');
  if (const auto problem = DigitReader(wrapping.digits(), decimal_mark).read(plain))
    return tl::unexpected(*problem);
  const auto decimal = Decimal::parse(plain.text());
  if (decimal) return *decimal;
  const bool any_digit = std::any_of(plain.text().begin(), plain.text().end(), is_digit);
  return tl::unexpected(any_digit ? DecimalProblem::too_many_digits : DecimalProblem::not_a_number);
}

}  // namespace payferry

#include "config/column_guess.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "config/column_names.hpp"
#include "config/value_guess.hpp"

namespace payferry {

namespace {

constexpr std::string_view kId = "hs_external_reference_id";
constexpr std::string_view kAmount = "hs_initial_amount";
constexpr std::string_view kDate = "hs_initiated_date";

/// In this order they choose: the mandatory ones first, free texts last.
constexpr std::array<std::string_view, 18> kProperties{kAmount,
                                                       kDate,
                                                       kId,
                                                       "hs_currency_code",
                                                       "hs_latest_status",
                                                       "hs_customer_email",
                                                       "hs_fees_amount",
                                                       "hs_refunds_amount",
                                                       "hs_payout_date",
                                                       "hs_payment_method_type",
                                                       "hs_payment_method_last_4",
                                                       "hs_payment_method_bank_or_issuer",
                                                       "hs_reference_number",
                                                       "hs_internal_comment",
                                                       "hs_billing_address_line_1",
                                                       "hs_billing_address_city",
                                                       "hs_billing_address_zip",
                                                       "hs_billing_address_country"};

/// More different words than this are no status.
constexpr std::size_t kMaxWords = 20;

using Values = std::vector<std::string>;

bool are_words(const Values& values) {
  return !values.empty() && std::set<std::string>(values.begin(), values.end()).size() <= kMaxWords;
}

bool are_last_four(const Values& values) {
  return are_whole_numbers(values) &&
         std::all_of(values.begin(), values.end(),
                     [](const std::string& value) { return value.size() <= 4; });
}

bool fits(std::string_view property, const Values& values) {
  if (property.ends_with("_amount")) return guess_amount(values, false).has_value();
  if (property.ends_with("_date")) return guess_date(values, false).has_value();
  if (property == "hs_currency_code") return are_currency_codes(values);
  if (property == "hs_customer_email") return are_emails(values);
  if (property == "hs_payment_method_last_4") return are_last_four(values);
  if (property == "hs_latest_status" || property == "hs_payment_method_type")
    return are_words(values);
  return true;
}

/// A whole number may well be an id.
bool are_amounts_with_decimals(const Values& values) {
  return guess_amount(values, false).has_value() && !are_whole_numbers(values);
}

/// Seconds since 1970 may well be an id.
bool are_dates(const Values& values) {
  return guess_date(values, false).has_value() && !are_whole_numbers(values);
}

class Guesser {
 public:
  explicit Guesser(const Sample& sample) : sample_(sample) {}

  ColumnGuess guess() {
    for (const std::string_view property : kProperties) choose_by_name(property);
    choose_by_values(kDate, [](const Values& values) { return are_dates(values); });
    choose_by_values(kAmount,
                     [](const Values& values) { return are_amounts_with_decimals(values); });
    choose_by_values(kId, [this](const Values& values) { return are_ids(values); });
    return std::move(guess_);
  }

 private:
  void choose_by_name(std::string_view property) {
    unsigned best_score = 0;
    std::size_t best = 0;
    for (std::size_t column = 0; column < sample_.header.size(); ++column) {
      const unsigned score = name_score(property, sample_.header[column]);
      if (score > best_score && is_free(column) && can_be(property, column)) {
        best_score = score;
        best = column;
      }
    }
    if (best_score > 0) take(property, best);
  }

  bool can_be(std::string_view property, std::size_t column) const {
    if (sample_.rows.empty()) return true;
    if (property == kId) return is_nearly_key(column);
    return fits(property, sample_.values(column));
  }

  /// Of a column that is named like one: a few rows without it, or with another's, are bad rows.
  bool is_nearly_key(std::size_t column) const {
    const std::size_t rows = sample_.rows.size();
    return rows - count_distinct(sample_.values(column)) <= rows / 20;
  }

  template <class AreSuch>
  void choose_by_values(std::string_view property, const AreSuch& are_such) {
    if (guess_.has(property)) return;
    for (std::size_t column = 0; column < sample_.header.size(); ++column) {
      if (!is_free(column) || !are_such(sample_.values(column))) continue;
      take(property, column);
      guess_.by_values.emplace(property);
      return;
    }
  }

  /// A value in every row, and never the same twice.
  bool are_ids(const Values& values) const {
    return sample_.rows.size() >= 2 && values.size() == sample_.rows.size() && are_unique(values) &&
           !are_amounts_with_decimals(values) && !guess_date(values, false) && !are_emails(values);
  }

  bool is_free(std::size_t column) const { return !taken_.contains(column); }

  void take(std::string_view property, std::size_t column) {
    guess_.columns.emplace(property, column);
    taken_.insert(column);
  }

  const Sample& sample_;
  ColumnGuess guess_;
  std::set<std::size_t> taken_;
};

}  // namespace

ColumnGuess guess_columns(const Sample& sample) {
  return Guesser(sample).guess();
}

}  // namespace payferry

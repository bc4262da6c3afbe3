#include "config/guess.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "config/adapted_export.hpp"
#include "config/column_guess.hpp"
#include "config/input_section_text.hpp"
#include "config/known_exports.hpp"
#include "config/toml_text.hpp"
#include "config/value_guess.hpp"
#include "config/value_map.hpp"
#include "model/shown_value.hpp"

namespace payferry {

namespace {

constexpr std::string_view kHeading =
    "# Guessed by payferry init from the file's header and first rows: look at every line.\n"
    "# Then see what would become of the file, without sending anything: payferry check -c "
    "THIS_FILE INPUT\n";

/// A file may have very many columns.
constexpr std::size_t kMostBytesOfNames = 1000;

class Writer {
 public:
  explicit Writer(const Sample& sample) : sample_(sample), guess_(guess_columns(sample)) {}

  GuessedConfig write() {
    result_.toml = kHeading;
    write_hubspot();
    write_input();
    result_.toml += "\n[properties]\n";
    write_id();
    write_amount();
    write_date("hs_initiated_date");
    write_currency();
    write_status();
    for (const std::string_view property : {"hs_fees_amount", "hs_refunds_amount"})
      write_money(property);
    write_date("hs_payout_date");
    write_texts();
    write_method();
    line("hs_processor_type = { value = \"none\" }");
    write_unused();
    return std::move(result_);
  }

 private:
  void line(const std::string& text) { result_.toml += text + '\n'; }
  void comment(const std::string& text) { line("# " + text); }
  /// Beside a column whose name says nothing.
  void comment_on_choice(std::string_view property, const std::string& why) {
    if (guess_.by_values.contains(property)) comment("Chosen since " + why);
  }

  const std::string* column_name(std::string_view property) const {
    const auto found = guess_.columns.find(property);
    return found == guess_.columns.end() ? nullptr : &sample_.header[found->second];
  }

  std::vector<std::string> values(std::string_view property) const {
    const auto found = guess_.columns.find(property);
    return found == guess_.columns.end() ? std::vector<std::string>()
                                         : sample_.values(found->second);
  }

  void rule(std::string_view property, const std::string& column, const std::string& rest = "") {
    line(std::string(property) + " = { from = " + toml_string(column) + rest + " }");
  }

  void write_hubspot() {
    line("\n[hubspot]\nobject = \"commerce_payments\"");
    comment(
        "The token is read from the environment variable HUBSPOT_TOKEN; another one: token_env = "
        "\"…\".");
    if (guess_.has("hs_external_reference_id")) {
      line("id_property = \"hs_external_reference_id\"");
      return;
    }
    comment(
        "No column has a different value in every row. With such an id, every retry is safe; "
        "without one, a record "
        "whose fate is in doubt stays `unknown`:");
    comment("id_property = \"hs_external_reference_id\"");
  }

  void write_input() {
    const std::string section = input_section(sample_);
    if (!section.empty()) result_.toml += '\n' + section;
  }

  void write_id() {
    const std::string* column = column_name("hs_external_reference_id");
    if (column == nullptr) return;
    comment_on_choice("hs_external_reference_id",
                      "its values differ in every row looked at: is it an id?");
    const std::size_t without =
        sample_.rows.size() - count_distinct(values("hs_external_reference_id"));
    if (without > 0)
      comment("Rows looked at without an id of their own in this column: " +
              std::to_string(without) + '.');
    rule("hs_external_reference_id", *column);
  }

  /// A file whose cells are parted by ";" comes from where decimals have commas.
  bool comma_likely() const { return sample_.delimiter == ';'; }

  void write_amount() {
    if (!guess_.has("hs_initial_amount")) {
      miss("hs_initial_amount", "{ from = \"…\", type = \"decimal\" }", "the amount paid");
      return;
    }
    comment_on_choice("hs_initial_amount", "its values are amounts: is it what was paid?");
    write_money("hs_initial_amount");
  }

  static bool names_minor_units(std::string_view column) {
    const std::string folded = fold_name(column);
    return folded.find("cents") != std::string::npos || folded.find("minor") != std::string::npos ||
           folded.find("pence") != std::string::npos;
  }

  /// Yen, for instance: whole numbers are all that there can be.
  bool have_no_minor_unit() const {
    const std::vector<std::string> codes = values("hs_currency_code");
    return !codes.empty() && std::all_of(codes.begin(), codes.end(), [](const std::string& code) {
      const auto currency = Currency::parse(code);
      return currency && currency->exponent() == 0U;
    });
  }

  void write_money(std::string_view property) {
    const std::string* column = column_name(property);
    if (column == nullptr) return;
    const std::vector<std::string> cells = values(property);
    if (names_minor_units(*column) && (cells.empty() || are_whole_numbers(cells))) {
      rule(property, *column, ", type = \"minor_units\"");
      has_minor_units_ = true;
      return;
    }
    const std::optional<AmountGuess> amount = guess_amount(cells, comma_likely());
    if (amount && amount->ambiguous)
      comment("Does \",\" part decimals or thousands here? The rows looked at leave it open.");
    const bool comma = amount && amount->decimal_mark == ',';
    if (property == "hs_initial_amount" && are_whole_amounts(cells, comma ? ',' : '.') &&
        !have_no_minor_unit())
      comment(
          "Every amount looked at is a whole number. If 1250 means 12.50 here, write type = "
          "\"minor_units\", or all of it is 100 times too much.");
    rule(property, *column,
         std::string(", type = \"decimal\"") + (comma ? ", decimal = \",\"" : ""));
  }

  /// Americans write the month first; who writes dollars in a comma file likely is one.
  bool day_first() const {
    const auto amounts = values("hs_initial_amount");
    const auto codes = values("hs_currency_code");
    const bool dollars = guess_currency_of_amounts(amounts) == Currency::parse("USD") ||
                         std::find(codes.begin(), codes.end(), "USD") != codes.end();
    return !dollars || comma_likely();
  }

  static bool names_utc(std::string_view column) {
    const std::string folded = ' ' + fold_name(column) + ' ';
    return folded.find(" utc ") != std::string::npos || folded.find(" gmt ") != std::string::npos;
  }

  void write_date(std::string_view property) {
    const std::string* column = column_name(property);
    if (column == nullptr) {
      if (property == "hs_initiated_date")
        miss(property, "{ from = \"…\", type = \"datetime\" }", "the day or moment of the payment");
      return;
    }
    comment_on_choice(property, "its values are dates: is it when the payment was made?");
    const DateGuess date =
        guess_date(values(property), day_first()).value_or(DateGuess{"iso8601", false, false});
    if (date.ambiguous)
      comment("Day and month could be the other way round: no row looked at tells.");
    std::string rest = ", type = \"datetime\"";
    if (date.format != "iso8601") rest += ", format = " + toml_string(date.format);
    if (!date.has_offset) {
      if (!names_utc(*column))
        comment(
            "In which time zone are these times? Write its IANA name, such as \"Europe/London\".");
      rest += ", timezone = \"UTC\"";
    }
    rule(property, *column, rest);
  }

  /// "Amount (EUR)".
  std::optional<std::string> currency_in_name() const {
    const std::string* column = column_name("hs_initial_amount");
    if (column == nullptr) return std::nullopt;
    std::string word;
    for (const char letter : *column + ' ') {
      if (letter >= 'A' && letter <= 'Z') {
        word += letter;
        continue;
      }
      const auto currency = word.size() == 3 ? Currency::parse(word) : std::nullopt;
      if (currency && currency->exponent()) return word;
      word.clear();
    }
    return std::nullopt;
  }

  void write_currency() {
    if (const std::string* column = column_name("hs_currency_code")) {
      const std::string map = upper_case_map(values("hs_currency_code"));
      rule("hs_currency_code", *column, map.empty() ? "" : ", map = { " + map + " }");
      return;
    }
    std::optional<std::string> code = currency_in_name();
    if (const auto sign = guess_currency_of_amounts(values("hs_initial_amount")); !code && sign)
      code = sign->code();
    if (code) {
      line("hs_currency_code = { value = " + toml_string(*code) + " }");
      return;
    }
    comment("No column names the currency. Without this, HubSpot takes the account's own:");
    comment("hs_currency_code = { value = \"EUR\" }");
    if (has_minor_units_) {
      result_.missing.emplace_back(
          "hs_currency_code: minor units need the payments' currency; write it into the config");
    }
  }

  void write_status() {
    const std::string* column = column_name("hs_latest_status");
    if (column == nullptr) {
      comment(
          "No column tells how the payments ended. HubSpot would take them for \"processing\":");
      line("hs_latest_status = { value = \"succeeded\" }");
      return;
    }
    const StatusMap map = status_map(values("hs_latest_status"));
    if (!map.unknown.empty()) {
      comment("Not understood, and `invalid` until the map has them: " + map.unknown + '.');
    }
    rule("hs_latest_status", *column, ", map = { " + map.entries + " }");
  }

  void write_method() {
    const std::string* column = column_name("hs_payment_method_type");
    if (column == nullptr) return;
    const std::string map = method_map(values("hs_payment_method_type"));
    rule("hs_payment_method_type", *column, ", map = { " + map + " }");
  }

  void write_texts() {
    for (const std::string_view property :
         {"hs_payment_method_bank_or_issuer", "hs_payment_method_last_4", "hs_reference_number",
          "hs_internal_comment", "hs_billing_address_line_1", "hs_billing_address_city",
          "hs_billing_address_zip", "hs_billing_address_country"}) {
      if (const std::string* column = column_name(property)) rule(property, *column);
    }
    if (const std::string* column = column_name("hs_customer_email")) {
      rule("hs_customer_email", *column, ", type = \"email\"");
    }
  }

  void write_unused() {
    std::set<std::size_t> used;
    for (const auto& [property, column] : guess_.columns) used.insert(column);
    std::string names;
    std::size_t left_out = 0;
    for (std::size_t column = 0; column < sample_.header.size(); ++column) {
      if (used.contains(column) || sample_.header[column].empty()) continue;
      if (names.size() > kMostBytesOfNames) {
        ++left_out;
      } else {
        names +=
            (names.empty() ? "" : ", ") + toml_string(masked_beginning(sample_.header[column]));
      }
    }
    if (left_out > 0) names += " and " + std::to_string(left_out) + " more";
    if (!names.empty()) line("\n# Columns that are not loaded: " + names);
  }

  void miss(std::string_view property, const std::string& form, const std::string& what) {
    comment("Mandatory, and no column was found for it: name the one with " + what + '.');
    comment(std::string(property) + " = " + form);
    result_.missing.push_back(std::string(property) + ": no column looks like " + what +
                              "; write its name into the config");
  }

  const Sample& sample_;
  ColumnGuess guess_;
  GuessedConfig result_;
  bool has_minor_units_ = false;
};

}  // namespace

GuessedConfig guess_config(const Sample& sample) {
  const KnownExport* const known = recognise_export(sample.header);
  if (known == nullptr) return Writer(sample).write();
  return {adapted_export(*known, sample), std::string(known->name), {}};
}

}  // namespace payferry

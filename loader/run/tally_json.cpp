#include "loader/run/tally_json.hpp"

#include <algorithm>
#include <boost/json/value_to.hpp>
#include <optional>
#include <stdexcept>

#include "loader/run/stored_json.hpp"
#include "model/digits.hpp"

namespace payferry {

namespace json = boost::json;

namespace {

json::object to_json(const Total& total) {
  return {{"count", total.count}, {"sum", total.sum.to_string()}};
}

/// Sums may have more digits than Decimal::parse takes for one amount.
std::optional<Decimal> parse_sum(std::string_view text) {
  constexpr std::size_t kMostDigits = 38;
  const bool negative = text.starts_with('-');
  text.remove_prefix(negative ? 1 : 0);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view decimals = text.substr(std::min(point + 1, text.size()));
  if (!all_digits(text.substr(0, point))) return std::nullopt;
  if (point < text.size() && !all_digits(decimals)) return std::nullopt;
  std::string digits = std::string(text.substr(0, point)).append(decimals);
  digits.erase(0, digits.find_first_not_of('0'));
  if (digits.size() > kMostDigits || decimals.size() > kMostDigits) return std::nullopt;
  Decimal::Coefficient coefficient = 0;
  for (const char digit : digits) coefficient = coefficient * 10 + digit_value(digit);
  return Decimal(negative ? -coefficient : coefficient, static_cast<unsigned>(decimals.size()));
}

Total parse_total(const json::object& object) {
  const auto& text = object.at("sum").as_string();
  const auto sum = parse_sum(text);
  if (!sum) throw std::runtime_error("\"" + std::string(text) + "\" is not a sum");
  Total total;
  total.count = number_at(object, "count");
  total.sum = *sum;
  return total;
}

}  // namespace

json::object to_json(const ControlTotals& totals) {
  json::object amounts;
  for (const auto& [currency, books] : totals.by_currency()) {
    json::object entry;
    entry["read"] = to_json(books.read);
    entry["loaded"] = to_json(books.loaded);
    entry["refused"] = to_json(books.refused);
    entry["pending"] = to_json(books.pending());
    amounts[currency.code()] = std::move(entry);
  }
  return amounts;
}

json::object to_json(const Tally& tally) {
  return {{"records", tally.records},
          {"created", tally.created},
          {"updated", tally.updated},
          {"existing", tally.existing},
          {"invalid", tally.invalid},
          {"rejected", tally.rejected},
          {"unknown", tally.unknown},
          {"pending", tally.pending()},
          {"lacking_association", tally.lacking_association},
          {"amounts", to_json(tally.totals)}};
}

json::object to_json(const Counters& counters) {
  return {{"requests", counters.requests},
          {"retries", counters.retries},
          {"throttled", counters.throttled},
          {"reconciled", counters.reconciled},
          {"busy_ms", counters.busy.count()}};
}

Tally parse_tally(const json::object& object) {
  Tally tally;
  tally.records = number_at(object, "records");
  tally.created = number_at(object, "created");
  tally.updated = number_at(object, "updated");
  tally.existing = number_at(object, "existing");
  tally.invalid = number_at(object, "invalid");
  tally.rejected = number_at(object, "rejected");
  tally.unknown = number_at(object, "unknown");
  if (object.contains("lacking_association"))
    tally.lacking_association = number_at(object, "lacking_association");
  for (const auto& [code, entry] : object.at("amounts").as_object()) {
    const auto currency = Currency::parse(code);
    if (!currency) throw std::runtime_error("\"" + std::string(code) + "\" is not a currency code");
    CurrencyTotals& books = tally.totals.by_currency()[*currency];
    books.read = parse_total(entry.at("read").as_object());
    books.loaded = parse_total(entry.at("loaded").as_object());
    books.refused = parse_total(entry.at("refused").as_object());
    // Sums of amounts that were added up have a difference; of others it may not be told.
    static_cast<void>(books.pending());
  }
  return tally;
}

Counters parse_counters(const json::object& object) {
  Counters counters;
  counters.requests = number_at(object, "requests");
  counters.retries = number_at(object, "retries");
  counters.throttled = number_at(object, "throttled");
  counters.reconciled = number_at(object, "reconciled");
  counters.busy = std::chrono::milliseconds(object.at("busy_ms").to_number<std::int64_t>());
  return counters;
}

}  // namespace payferry

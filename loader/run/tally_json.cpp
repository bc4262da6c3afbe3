#include "loader/run/tally_json.hpp"

#include <boost/json/value_to.hpp>
#include <stdexcept>

namespace payferry {

namespace json = boost::json;

namespace {

json::object to_json(const Total& total) {
  return {{"count", total.count}, {"sum", total.sum.to_string()}};
}

std::uint64_t number_at(const json::object& object, std::string_view key) {
  return object.at(key).to_number<std::uint64_t>();
}

Total parse_total(const json::object& object) {
  const auto& text = object.at("sum").as_string();
  const auto sum = Decimal::parse(text);
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
  return {{"records", tally.records},        {"created", tally.created},
          {"updated", tally.updated},        {"existing", tally.existing},
          {"invalid", tally.invalid},        {"rejected", tally.rejected},
          {"unknown", tally.unknown},        {"pending", tally.pending()},
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
  for (const auto& [code, entry] : object.at("amounts").as_object()) {
    const auto currency = Currency::parse(code);
    if (!currency) throw std::runtime_error("\"" + std::string(code) + "\" is not a currency code");
    CurrencyTotals& books = tally.totals.by_currency()[*currency];
    books.read = parse_total(entry.at("read").as_object());
    books.loaded = parse_total(entry.at("loaded").as_object());
    books.refused = parse_total(entry.at("refused").as_object());
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

#include "loader/report/summary.hpp"

#include <algorithm>
#include <cmath>
#include <exception>

#include "loader/report/plain_json.hpp"
#include "loader/run/stored_json.hpp"
#include "loader/run/tally_json.hpp"

namespace payferry {

namespace json = boost::json;

namespace {

double rounded(double value) {
  return std::round(value * 1000) / 1000;
}

}  // namespace

double Summary::records_per_second() const {
  const double seconds = duration().count();
  return seconds > 0 ? static_cast<double>(tally.settled()) / seconds : 0;
}

std::uint64_t Summary::records_in_books() const {
  return books_before ? books_before->previous().value() : tally.records;
}

bool Summary::books_balance() const {
  const auto& books = tally.totals.by_currency();
  std::uint64_t read = 0;
  for (const auto& [currency, totals] : books) read += totals.read.count;
  const bool no_more_out_than_in = std::all_of(books.begin(), books.end(), [](const auto& entry) {
    const CurrencyTotals& totals = entry.second;
    return totals.loaded.count + totals.refused.count <= totals.read.count;
  });
  return read == records_in_books() && no_more_out_than_in &&
         (!complete || tally.totals.balanced());
}

std::string Summary::to_json() const {
  json::object object = payferry::to_json(tally);
  const json::value amounts = object.at("amounts");
  object.erase("amounts");
  object["run"] = run_id;
  object["complete"] = complete;
  object["exit_code"] = exit_code;
  object["books_balance"] = books_balance();
  object["requests"] = counters.requests;
  object["retries"] = counters.retries;
  object["throttled"] = counters.throttled;
  object["reconciled"] = counters.reconciled;
  object["duration_s"] = rounded(duration().count());
  object["records_per_s"] = rounded(records_per_second());
  if (!stopped.empty()) object["stopped"] = stopped;
  if (!input_broken.empty()) object["input_broken"] = input_broken;
  if (is_cut_short) object["input_cut_short"] = true;
  if (books_before) object["amounts_before_record"] = books_before->value();
  object["amounts"] = amounts;
  return plain_json(object) + "\n";
}

tl::expected<Summary, std::string> Summary::parse(std::string_view text) {
  try {
    const json::value value = parse_stored_json(text);
    const json::object& object = value.as_object();
    Summary summary;
    summary.run_id = object.at("run").as_string();
    summary.tally = parse_tally(object);
    if (const json::value* before = object.if_contains("amounts_before_record"))
      summary.books_before = RecordNumber(before->to_number<std::uint64_t>());
    summary.complete = object.at("complete").as_bool();
    summary.exit_code = object.at("exit_code").to_number<int>();
    summary.counters.requests = number_at(object, "requests");
    summary.counters.retries = number_at(object, "retries");
    summary.counters.throttled = number_at(object, "throttled");
    summary.counters.reconciled = number_at(object, "reconciled");
    const std::chrono::duration<double> seconds(object.at("duration_s").to_number<double>());
    summary.counters.busy = std::chrono::round<std::chrono::milliseconds>(seconds);
    if (const json::value* stopped = object.if_contains("stopped"))
      summary.stopped = stopped->as_string();
    if (const json::value* broken = object.if_contains("input_broken"))
      summary.input_broken = broken->as_string();
    if (const json::value* cut_short = object.if_contains("input_cut_short"))
      summary.is_cut_short = cut_short->as_bool();
    return summary;
  } catch (const std::exception& error) {
    return tl::unexpected("summary.json cannot be read (" + std::string(error.what()) + ")");
  }
}

}  // namespace payferry

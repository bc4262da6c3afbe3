#include "loader/verify/verify_state.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <exception>

#include "loader/run/stored_json.hpp"
#include "loader/run/tally_json.hpp"

namespace payferry {

namespace json = boost::json;

namespace {

json::object to_json(const Total& total) {
  return {{"count", total.count}, {"sum", total.sum.to_string()}};
}

Total held_of(const ControlTotals& held, Currency currency) {
  const auto books = held.by_currency().find(currency);
  return books == held.by_currency().end() ? Total() : books->second.read;
}

/// What a person compares, side by side.
json::object amounts_of(const Tally& source, const ControlTotals& held) {
  json::object amounts;
  const auto entry = [&amounts](Currency currency) -> json::object& {
    json::value& value = amounts[currency.code()];
    return value.is_object() ? value.as_object() : value.emplace_object();
  };
  for (const auto& [currency, books] : source.totals.by_currency()) {
    json::object& shown = entry(currency);
    shown["source"] = to_json(books.read);
    shown["loaded"] = to_json(books.loaded);
    shown["refused"] = to_json(books.refused);
    shown["pending"] = to_json(books.pending());
    shown["read_back"] = to_json(held_of(held, currency));
  }
  for (const auto& [currency, books] : held.by_currency()) {
    entry(currency)["read_back"] = to_json(books.read);
  }
  return amounts;
}

json::object to_json(const CheckPosition& position) {
  return {{"record", position.next.value()},
          {"input", position.source.input.value()},
          {"line", position.source.line.value()},
          {"offset", position.source.offset.value()},
          {"outcomes_bytes", position.outcomes_bytes}};
}

CheckPosition parse_position(const json::object& object) {
  CheckPosition position;
  position.next = RecordNumber(number_at(object, "record"));
  position.source.input = InputIndex(number_at(object, "input"));
  position.source.line = LineNumber(number_at(object, "line"));
  position.source.offset = ByteOffset(number_at(object, "offset"));
  position.outcomes_bytes = number_at(object, "outcomes_bytes");
  return position;
}

/// ControlTotals are read back as part of a Tally.
json::object as_tally(const ControlTotals& totals) {
  Tally tally;
  tally.totals = totals;
  return to_json(tally);
}

/// What a stopped verify needs to go on.
json::object going_on(const VerifyState& state) {
  return {{"basis", state.basis},
          {"next", to_json(state.position)},
          {"findings_bytes", state.findings_bytes},
          {"source", to_json(state.source)},
          {"held", as_tally(state.held)}};
}

VerifyState parse_object(const json::object& object) {
  VerifyState state;
  state.run_id = text_at(object, "run");
  state.started = parse_iso8601(object.at("started").as_string()).value();
  state.complete = object.at("complete").as_bool();
  state.exit_code = object.at("exit_code").to_number<int>();
  state.same = number_at(object, "same");
  state.superseded = number_at(object, "superseded");
  state.differing = number_at(object, "differing");
  state.gone = number_at(object, "gone");
  state.unchecked = number_at(object, "unchecked");
  state.requests = number_at(object, "requests");
  const json::object& rest = object.at("going_on").as_object();
  state.basis = text_at(rest, "basis");
  state.position = parse_position(rest.at("next").as_object());
  state.findings_bytes = number_at(rest, "findings_bytes");
  state.source = parse_tally(rest.at("source").as_object());
  state.held = parse_tally(rest.at("held").as_object()).totals;
  return state;
}

}  // namespace

void VerifyState::count(FindingKind kind) {
  switch (kind) {
    case FindingKind::same:
      ++same;
      return;
    case FindingKind::differs:
      ++differing;
      return;
    case FindingKind::gone:
      ++gone;
      return;
    case FindingKind::unchecked:
      ++unchecked;
      return;
  }
}

bool VerifyState::books_balance() const {
  const auto& books = source.totals.by_currency();
  const auto balances = [this](const auto& entry) {
    const CurrencyTotals& totals = entry.second;
    return totals.loaded == held_of(held, entry.first) &&
           totals.read == totals.loaded + totals.refused + totals.pending();
  };
  const auto is_known = [&books](const auto& entry) { return books.contains(entry.first); };
  return std::all_of(books.begin(), books.end(), balances) &&
         std::all_of(held.by_currency().begin(), held.by_currency().end(), is_known);
}

bool VerifyState::agrees() const {
  return complete && trouble.empty() && differing + gone + unchecked == 0 && source.unknown == 0 &&
         source.pending() == 0 && books_balance();
}

std::string VerifyState::to_json() const {
  json::object object;
  object["run"] = run_id;
  object["started"] = to_iso8601(started);
  object["complete"] = complete;
  object["exit_code"] = exit_code;
  object["agrees"] = agrees();
  object["books_balance"] = books_balance();
  if (!trouble.empty()) object["trouble"] = trouble;
  object["records"] = source.records;
  object["loaded"] = source.loaded();
  object["refused"] = source.refused();
  object["unknown"] = source.unknown;
  object["pending"] = source.pending();
  object["checked"] = checked();
  object["same"] = same;
  object["superseded"] = superseded;
  object["differing"] = differing;
  object["gone"] = gone;
  object["unchecked"] = unchecked;
  object["requests"] = requests;
  object["amounts"] = amounts_of(source, held);
  object["going_on"] = going_on(*this);
  return json::serialize(object) + "\n";
}

tl::expected<VerifyState, std::string> VerifyState::parse(std::string_view text) {
  try {
    const json::value value = parse_stored_json(text);
    return parse_object(value.as_object());
  } catch (const std::exception& error) {
    return tl::unexpected(std::string(kVerifyFile) + " cannot be read (" + error.what() + ")");
  }
}

}  // namespace payferry

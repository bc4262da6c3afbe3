#include "loader/verify/superseded.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "loader/run/append_file.hpp"
#include "loader/run/disk_failure.hpp"
#include "loader/run/line_reader.hpp"
#include "loader/run/outcome_line.hpp"
#include "loader/run/stored_json.hpp"
#include "model/value_comparison.hpp"

namespace payferry {

namespace json = boost::json;

namespace {

constexpr std::string_view kFreshFindings = "verify.ndjson.new";

struct Money {
  Currency currency;
  std::optional<Decimal> amount;
};

/// A line of verify.ndjson, read back.
struct FindingLine {
  std::string text;
  bool differs = false;
  RecordNumber record;
  std::string id;
  Money source;
  Money hubspot;
};

std::string_view text_of(const json::object& object, std::string_view key) {
  const json::value* const value = object.if_contains(key);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

/// What HubSpot holds of a property, where it differs.
std::optional<std::string_view> held_of(const json::object& line, const std::string& property) {
  const json::value* const all = line.if_contains("properties");
  const json::value* const one = all ? all->as_object().if_contains(property) : nullptr;
  if (one == nullptr) return std::nullopt;
  return text_of(one->as_object(), "hubspot");
}

FindingLine parse(std::string_view text, const MappingRules& rules) {
  const json::value value = parse_stored_json(text);
  const json::object& object = value.as_object();
  FindingLine line;
  line.text = text;
  line.differs = text_of(object, "status") == to_string(FindingKind::differs);
  line.record = RecordNumber(number_at(object, "record"));
  line.id = text_of(object, "id");
  line.source.currency = Currency::parse(text_of(object, "currency")).value_or(Currency());
  line.source.amount = Decimal::parse(text_of(object, "amount"));
  line.hubspot = line.source;
  if (const auto held = held_of(object, rules.amount_property))
    line.hubspot.amount = parse_held_number(*held);
  if (const auto held = held_of(object, rules.currency_property))
    line.hubspot.currency = Currency::parse(*held).value_or(Currency());
  return line;
}

using LastRecords = std::unordered_map<std::string, RecordNumber>;

/// By id: the last record that was loaded as it.
void find_last(const std::filesystem::path& outcomes, LastRecords& last) {
  LineReader lines(outcomes);
  while (const auto text = lines.next()) {
    const auto line = parse_outcome_line(*text);
    if (!line || !is_loaded(line->outcome.status)) continue;
    const auto wanted = last.find(line->outcome.id);
    if (wanted != last.end()) wanted->second = std::max(wanted->second, line->outcome.record);
  }
}

void take_out(ControlTotals& held, const Money& money) {
  Total& total = held.by_currency()[money.currency].read;
  --total.count;
  if (money.amount) total.sum -= *money.amount;
  if (total == Total()) held.by_currency().erase(money.currency);
}

void forgive(const FindingLine& line, VerifyState& state) {
  --state.differing;
  ++state.superseded;
  take_out(state.held, line.hubspot);
  state.held.count_read(line.source.currency, line.source.amount);
}

/// Keeps what is not superseded.
void sift(const std::vector<FindingLine>& lines, const std::filesystem::path& outcomes,
          AppendFile& kept, VerifyState& state) {
  LastRecords last;
  for (const FindingLine& line : lines) {
    if (line.differs && !line.id.empty()) last.emplace(line.id, line.record);
  }
  if (!last.empty()) find_last(outcomes, last);
  for (const FindingLine& line : lines) {
    const auto found = last.find(line.id);
    if (line.differs && found != last.end() && found->second > line.record) {
      forgive(line, state);
    } else {
      kept.append(line.text + "\n");
    }
  }
}

void put_in_place(const std::filesystem::path& fresh, const std::filesystem::path& path) {
  if (std::rename(fresh.c_str(), path.c_str()) == 0) return;
  throw DiskFailure("Cannot replace " + path.string() + ": " + std::strerror(errno));
}

}  // namespace

void forgive_superseded(const RunDirectory& directory, const MappingRules& rules,
                        VerifyState& state, std::size_t group) {
  if (state.differing == 0) return;
  const auto path = directory.file(kFindingsFile);
  const auto fresh = directory.file(kFreshFindings);
  std::filesystem::remove(fresh);
  AppendFile kept(fresh);
  LineReader findings(path);
  std::vector<FindingLine> lines;
  while (const auto text = findings.next()) {
    lines.push_back(parse(*text, rules));
    if (lines.size() < group) continue;
    sift(lines, directory.file(kOutcomesFile), kept, state);
    lines.clear();
  }
  sift(lines, directory.file(kOutcomesFile), kept, state);
  kept.flush();
  put_in_place(fresh, path);
  state.findings_bytes = kept.size();
}

}  // namespace payferry

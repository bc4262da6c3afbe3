#include "model/account.hpp"

#include <algorithm>
#include <charconv>

#include "model/json_reader.hpp"

namespace payferry {

namespace {

template <class Number>
std::optional<Number> read_number(JsonReader& reader) {
  std::string text;
  Number number{};
  reader.read_text(text);
  const char* const end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc() || rest != end) return std::nullopt;
  return number;
}

std::optional<Currency> read_currency(JsonReader& reader) {
  std::string text;
  reader.read_string(text);
  return Currency::parse(text);
}

void add_once(std::vector<Currency>& currencies, std::optional<Currency> currency) {
  if (!currency) return;
  if (std::find(currencies.begin(), currencies.end(), *currency) != currencies.end()) return;
  currencies.push_back(*currency);
}

void read_currencies(JsonReader& reader, std::vector<Currency>& currencies) {
  if (reader.kind() != JsonKind::array) {
    reader.skip();
    return;
  }
  reader.read_array([&] { add_once(currencies, read_currency(reader)); });
}

void read_detail(JsonReader& reader, std::string_view key, AccountDetails& details) {
  if (key == "portalId") {
    reader.read_text(details.portal_id);
  } else if (key == "timeZone") {
    reader.read_string(details.time_zone);
  } else if (key == "utcOffsetMilliseconds") {
    const auto milliseconds = read_number<std::int64_t>(reader);
    if (milliseconds) details.utc_offset = std::chrono::milliseconds(*milliseconds);
  } else if (key == "companyCurrency") {
    details.company_currency = read_currency(reader);
  } else if (key == "additionalCurrencies") {
    read_currencies(reader, details.currencies);
  } else {
    reader.skip();
  }
}

void read_usage(JsonReader& reader, std::string_view key, DailyUsage& usage) {
  if (key == "usageLimit") {
    usage.limit = read_number<std::uint64_t>(reader).value_or(0);
  } else if (key == "currentUsage") {
    usage.used = read_number<std::uint64_t>(reader).value_or(0);
  } else {
    reader.skip();
  }
}

void read_label(JsonReader& reader, std::string_view key, AssociationLabel& label) {
  if (key == "typeId") {
    label.type_id = read_number<unsigned>(reader).value_or(0);
  } else if (key == "category") {
    reader.read_text(label.category);
  } else if (key == "label") {
    reader.read_text(label.label);
  } else {
    reader.skip();
  }
}

/// The objects of `results`, each member read by read_member; nothing where there is no such list.
template <class Entry, class ReadMember>
std::optional<std::vector<Entry>> read_results(std::string_view body, ReadMember&& read_member) {
  std::vector<Entry> entries;
  bool has_results = false;
  JsonReader reader(body);
  const auto read_entry = [&] {
    if (reader.kind() != JsonKind::object) {
      reader.skip();
      return;
    }
    Entry& entry = entries.emplace_back();
    reader.read_object([&](std::string_view key) { read_member(reader, key, entry); });
  };
  reader.read_object([&](std::string_view key) {
    if (key == "results" && reader.kind() == JsonKind::array) {
      has_results = true;
      reader.read_array(read_entry);
    } else {
      reader.skip();
    }
  });
  if (!reader.finished() || !has_results) return std::nullopt;
  return entries;
}

}  // namespace

std::optional<AccountDetails> decode_account_details(std::string_view body) {
  AccountDetails details;
  JsonReader reader(body);
  reader.read_object([&](std::string_view key) { read_detail(reader, key, details); });
  const bool is_account = !details.portal_id.empty() || !details.time_zone.empty();
  if (!reader.finished() || !is_account) return std::nullopt;
  if (details.company_currency) {
    std::erase(details.currencies, *details.company_currency);
    details.currencies.insert(details.currencies.begin(), *details.company_currency);
  }
  return details;
}

std::optional<DailyUsage> decode_daily_usage(std::string_view body) {
  const auto usages = read_results<DailyUsage>(body, read_usage);
  if (!usages) return std::nullopt;
  const auto at = std::find_if(usages->begin(), usages->end(),
                               [](const DailyUsage& usage) { return usage.limit > 0; });
  if (at == usages->end()) return std::nullopt;
  return *at;
}

std::optional<std::vector<AssociationLabel>> decode_association_labels(std::string_view body) {
  auto labels = read_results<AssociationLabel>(body, read_label);
  if (labels)
    std::erase_if(*labels, [](const AssociationLabel& label) { return label.type_id == 0; });
  return labels;
}

const AssociationLabel* default_label(const std::vector<AssociationLabel>& labels) {
  const AssociationLabel* only = nullptr;
  std::size_t defined = 0;
  for (const AssociationLabel& label : labels) {
    if (label.category != "HUBSPOT_DEFINED") continue;
    if (label.label.empty()) return &label;
    only = &label;
    ++defined;
  }
  return defined == 1 ? only : nullptr;
}

}  // namespace payferry

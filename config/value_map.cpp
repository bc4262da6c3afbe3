#include "config/value_map.hpp"

#include <set>
#include <string_view>

#include "config/column_names.hpp"
#include "config/secret_text.hpp"
#include "config/toml_text.hpp"
#include "model/currency.hpp"
#include "model/shown_value.hpp"

namespace payferry {

namespace {

using Words = std::vector<std::string>;

std::set<std::string> distinct(const Words& words) {
  return {words.begin(), words.end()};
}

void append(std::string& list, const std::string& entry) {
  list += (list.empty() ? "" : ", ") + entry;
}

std::string entry(std::string_view word, std::string_view value) {
  return toml_key(word) + " = " + toml_string(value);
}

}  // namespace

StatusMap status_map(const Words& words) {
  StatusMap map;
  for (const std::string& word : distinct(words)) {
    const std::string_view value = known_value("hs_latest_status", word);
    if (!value.empty()) {
      append(map.entries, entry(word, value));
    } else if (!looks_like_secret(word)) {
      append(map.unknown, toml_string(masked_beginning(word)));
    }
  }
  if (map.entries.empty()) map.entries = entry("paid", "succeeded");
  return map;
}

std::string method_map(const Words& words) {
  std::string map;
  for (const std::string& word : distinct(words)) {
    const std::string_view value = known_value("hs_payment_method_type", word);
    if (!value.empty()) append(map, entry(word, value));
  }
  append(map, entry("*", "other"));
  return map;
}

std::string upper_case_map(const Words& codes) {
  std::string map;
  bool all_upper_case = true;
  for (const std::string& code : distinct(codes)) {
    const auto currency = Currency::parse(code);
    if (!currency) continue;
    all_upper_case = all_upper_case && currency->code() == code;
    append(map, entry(code, currency->code()));
  }
  return all_upper_case ? std::string() : map;
}

}  // namespace payferry

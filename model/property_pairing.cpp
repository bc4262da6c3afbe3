#include "model/property_pairing.hpp"
#include "model/digits.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "model/input_view.hpp"
#include "model/instant.hpp"
#include "model/name_index.hpp"

namespace payferry {

namespace {

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view decimals =
      point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
  return all_digits(whole) && all_digits(decimals);
}

/// "-007.50" → "-7.5"
std::string without_idle_zeros(std::string_view number) {
  const bool negative = number.starts_with('-');
  if (negative) number.remove_prefix(1);
  while (number.size() > 1 && number[0] == '0' && number[1] != '.') number.remove_prefix(1);
  if (number.find('.') != std::string_view::npos) {
    while (number.ends_with('0')) number.remove_suffix(1);
    if (number.ends_with('.')) number.remove_suffix(1);
  }
  return (negative && number != "0" ? "-" : "") + std::string(number);
}

bool may_be_instant(std::string_view text) {
  return text.size() >= 19 && is_digit(text[0]) && text[4] == '-' &&
         (text[10] == 'T' || text[10] == 't');
}

using Groups = std::map<std::string, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>>;

class Comparison {
 public:
  Comparison(PropertyPairing& pairing, std::span<const AnsweredRecord> results,
             std::span<const BatchEntry* const> sent)
      : pairing_(pairing), sent_(sent) {
    for (const std::size_t entry : pairing.entries) {
      inputs_[entry] = open_input(sent[entry]->input);
      for (auto& [name, value] : inputs_[entry].properties) {
        names_.insert(name);
        value = canonical_value(value);
      }
    }
    for (const std::size_t result : pairing.results) {
      PropertyList list = read_properties(results[result].properties);
      std::erase_if(list,
                    [this](const auto& property) { return !names_.contains(property.first); });
      for (auto& property : list) property.second = canonical_value(property.second);
      answered_[result] = std::move(list);
    }
  }

  void pair_equal_groups();
  void pair_compatible_ones();

 private:
  std::string signature(const PropertyList& list) const;
  void pair_group(const std::vector<std::size_t>& entries, const std::vector<std::size_t>& results);
  bool are_interchangeable(const std::vector<std::size_t>& entries) const;
  bool are_compatible(std::size_t entry, std::size_t result) const;
  std::vector<std::size_t> compatible_results(std::size_t entry) const;
  std::size_t count_compatible_entries(std::size_t result) const;
  void take(std::size_t entry, std::size_t result);

  PropertyPairing& pairing_;
  std::span<const BatchEntry* const> sent_;
  std::set<std::string> names_;  ///< of all properties that were sent
  std::map<std::size_t, InputView> inputs_;
  std::map<std::size_t, PropertyList> answered_;  ///< of names_ alone
};

std::string Comparison::signature(const PropertyList& list) const {
  std::string text;
  for (const std::string& name : names_) {
    text += find_property(list, name).value_or("");
    text += '\x1f';
  }
  return text;
}

void Comparison::take(std::size_t entry, std::size_t result) {
  pairing_.pairs.emplace_back(entry, result);
  inputs_.erase(entry);
  answered_.erase(result);
}

bool Comparison::are_interchangeable(const std::vector<std::size_t>& entries) const {
  const std::string_view first = sent_[entries.front()]->associations;
  return std::all_of(entries.begin(), entries.end(),
                     [&](std::size_t entry) { return sent_[entry]->associations == first; });
}

void Comparison::pair_group(const std::vector<std::size_t>& entries,
                            const std::vector<std::size_t>& results) {
  if (results.size() > entries.size() || results.empty()) return;
  if (are_interchangeable(entries)) {
    for (std::size_t i = 0; i < results.size(); ++i) take(entries[i], results[i]);
    return;
  }
  if (results.size() != entries.size()) return;
  for (std::size_t i = 0; i < results.size(); ++i) {
    pairing_.unnamed_entries.push_back(entries[i]);
    pairing_.unnamed_results.push_back(results[i]);
    inputs_.erase(entries[i]);
    answered_.erase(results[i]);
  }
}

void Comparison::pair_equal_groups() {
  Groups groups;
  for (const auto& [entry, input] : inputs_) {
    groups[signature(input.properties)].first.push_back(entry);
  }
  for (const auto& [result, list] : answered_) groups[signature(list)].second.push_back(result);
  for (const auto& [text, group] : groups) {
    if (!group.first.empty()) pair_group(group.first, group.second);
  }
}

/// Nothing that was sent came back as something else, and something came back.
bool Comparison::are_compatible(std::size_t entry, std::size_t result) const {
  std::size_t equal = 0;
  for (const auto& [name, value] : inputs_.at(entry).properties) {
    const auto answered = find_property(answered_.at(result), name);
    if (answered && *answered != value) return false;
    equal += answered ? 1 : 0;
  }
  return equal > 0;
}

std::vector<std::size_t> Comparison::compatible_results(std::size_t entry) const {
  std::vector<std::size_t> compatible;
  for (const auto& [result, list] : answered_) {
    if (are_compatible(entry, result)) compatible.push_back(result);
  }
  return compatible;
}

std::size_t Comparison::count_compatible_entries(std::size_t result) const {
  return static_cast<std::size_t>(
      std::count_if(inputs_.begin(), inputs_.end(),
                    [&](const auto& input) { return are_compatible(input.first, result); }));
}

/// HubSpot may fill in what an entry left out, a default status for one, so that no group is equal
/// to it.
void Comparison::pair_compatible_ones() {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  for (const auto& [entry, input] : inputs_) {
    const std::vector<std::size_t> compatible = compatible_results(entry);
    if (compatible.size() == 1 && count_compatible_entries(compatible.front()) == 1) {
      found.emplace_back(entry, compatible.front());
    }
  }
  for (const auto& [entry, result] : found) take(entry, result);
}

}  // namespace

std::string canonical_value(std::string_view value) {
  std::string folded = fold(value);
  if (is_number(folded)) return without_idle_zeros(folded);
  if (may_be_instant(folded)) {
    const std::optional<Instant> instant = parse_iso8601(value);
    if (instant) return std::to_string(instant->time_since_epoch().count());
  }
  return folded;
}

void pair_by_equal_properties(PropertyPairing& pairing, std::span<const AnsweredRecord> results,
                              std::span<const BatchEntry* const> sent) {
  Comparison comparison(pairing, results, sent);
  comparison.pair_equal_groups();
  comparison.pair_compatible_ones();
}

}  // namespace payferry

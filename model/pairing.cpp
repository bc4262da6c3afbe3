#include "model/pairing.hpp"

#include <algorithm>
#include <set>

#include "model/name_index.hpp"
#include "model/property_pairing.hpp"

namespace payferry {

namespace {

class Pairer {
 public:
  Pairer(std::span<const AnsweredRecord> results, std::span<const BatchEntry* const> sent)
      : results_(results), sent_(sent), used_(results.size(), false) {
    pairing_.matches.resize(sent.size());
  }

  Pairing pair(const std::vector<bool>& refused);

 private:
  void pair_by_trace_id_and_key();
  void pair_by_folded_key();
  void pair_by_properties(const std::vector<bool>& refused);
  void pair_by_number(const std::vector<bool>& refused);
  PropertyPairing leftovers(const std::vector<bool>& refused) const;
  void match(std::size_t entry, const AnsweredRecord& result);
  NameIndex index_keys() const;
  NameIndex index_trace_ids(std::vector<std::string>& texts) const;
  bool is_free(std::size_t entry) const {
    return pairing_.matches[entry].kind == Match::Kind::none;
  }

  std::span<const AnsweredRecord> results_;
  std::span<const BatchEntry* const> sent_;
  std::vector<bool> used_;  ///< results that an entry has, or that contradict each other
  Pairing pairing_;
};

/// The same record told twice is one record; two records for one entry are one too many to believe.
void Pairer::match(std::size_t entry, const AnsweredRecord& result) {
  Match& match = pairing_.matches[entry];
  if (match.kind == Match::Kind::none) {
    match.kind = Match::Kind::result;
    match.result = &result;
  } else if (match.result == nullptr || match.result->id != result.id) {
    match = {Match::Kind::ambiguous, nullptr};
  }
}

NameIndex Pairer::index_keys() const {
  NameIndex keys(sent_.size());
  for (std::size_t i = 0; i < sent_.size(); ++i) {
    if (!sent_[i]->key.empty()) keys.add(sent_[i]->key, i);
  }
  return keys;
}

/// Empty where no result echoes a trace id, which is the rule (contract §2.2).
NameIndex Pairer::index_trace_ids(std::vector<std::string>& texts) const {
  NameIndex traces(sent_.size());
  const auto echoes = [](const AnsweredRecord& result) { return !result.trace_id.empty(); };
  if (std::none_of(results_.begin(), results_.end(), echoes)) return traces;
  texts.reserve(sent_.size());
  for (std::size_t i = 0; i < sent_.size(); ++i) {
    traces.add(texts.emplace_back(std::to_string(sent_[i]->number.value())), i);
  }
  return traces;
}

void Pairer::pair_by_trace_id_and_key() {
  std::vector<std::string> trace_texts;
  const NameIndex traces = index_trace_ids(trace_texts);
  const NameIndex keys = index_keys();
  for (std::size_t r = 0; r < results_.size(); ++r) {
    const AnsweredRecord& result = results_[r];
    const auto by_trace = result.trace_id.empty() ? std::nullopt : traces.find(result.trace_id);
    const auto by_key = result.key.empty() ? std::nullopt : keys.find(result.key);
    const auto entry = by_key ? by_key : by_trace;
    if (!entry) continue;
    used_[r] = true;
    // A result that names two entries proves neither.
    if (const std::size_t traced = by_trace.value_or(*entry); traced != *entry) {
      pairing_.matches[traced] = pairing_.matches[*entry] = {Match::Kind::ambiguous, nullptr};
      continue;
    }
    match(*entry, result);
  }
}

void Pairer::pair_by_folded_key() {
  std::vector<std::string> texts;
  texts.reserve(sent_.size() + results_.size());
  NameIndex entries(sent_.size());
  NameIndex results(results_.size());
  for (std::size_t i = 0; i < sent_.size(); ++i) {
    if (!sent_[i]->key.empty()) entries.add(texts.emplace_back(fold(sent_[i]->key)), i);
  }
  for (std::size_t r = 0; r < results_.size(); ++r) {
    if (!used_[r] && !results_[r].key.empty()) {
      results.add(texts.emplace_back(fold(results_[r].key)), r);
    }
  }
  for (std::size_t i = 0; i < sent_.size(); ++i) {
    if (!is_free(i) || sent_[i]->key.empty()) continue;
    const std::string folded = fold(sent_[i]->key);
    const auto result = results.find(folded);
    if (!result || !entries.find(folded)) continue;
    used_[*result] = true;
    match(i, results_[*result]);
  }
}

/// What neither key nor trace id paired. A result that has one of them and matches none is a
/// stranger.
PropertyPairing Pairer::leftovers(const std::vector<bool>& refused) const {
  PropertyPairing left;
  for (std::size_t i = 0; i < sent_.size(); ++i) {
    if (is_free(i) && !refused[i]) left.entries.push_back(i);
  }
  for (std::size_t r = 0; r < results_.size(); ++r) {
    const bool anonymous = results_[r].key.empty() && results_[r].trace_id.empty();
    if (!used_[r] && anonymous) left.results.push_back(r);
  }
  return left;
}

void Pairer::pair_by_properties(const std::vector<bool>& refused) {
  PropertyPairing pairing = leftovers(refused);
  if (pairing.entries.empty() || pairing.results.empty()) return;
  pair_by_equal_properties(pairing, results_, sent_);
  for (const auto& [entry, result] : pairing.pairs) {
    used_[result] = true;
    match(entry, results_[result]);
  }
  for (const std::size_t entry : pairing.unnamed_entries) {
    pairing_.matches[entry] = {Match::Kind::unnamed, nullptr};
  }
  for (const std::size_t result : pairing.unnamed_results) used_[result] = true;
}

/// As many bare results as entries that nothing else accounts for: all of them were done. Only
/// where there is no key, which would settle it beyond doubt.
void Pairer::pair_by_number(const std::vector<bool>& refused) {
  const PropertyPairing left = leftovers(refused);
  if (left.entries.empty() || left.entries.size() != left.results.size()) return;
  std::set<std::string_view> ids;
  for (const std::size_t result : left.results) {
    const AnsweredRecord& bare = results_[result];
    if (!bare.properties.empty() || bare.id.empty() || !ids.insert(bare.id).second) return;
  }
  for (const std::size_t entry : left.entries) {
    if (!sent_[entry]->key.empty()) return;
  }
  for (const std::size_t result : left.results) used_[result] = true;
  if (left.entries.size() == 1) return match(left.entries.front(), results_[left.results.front()]);
  for (const std::size_t entry : left.entries) {
    pairing_.matches[entry] = {Match::Kind::unnamed, nullptr};
  }
}

Pairing Pairer::pair(const std::vector<bool>& refused) {
  pair_by_trace_id_and_key();
  if (std::count(used_.begin(), used_.end(), false) > 0) {
    pair_by_folded_key();
    pair_by_properties(refused);
    pair_by_number(refused);
  }
  pairing_.strangers = static_cast<std::size_t>(std::count(used_.begin(), used_.end(), false));
  return std::move(pairing_);
}

}  // namespace

Pairing pair_results(std::span<const AnsweredRecord> results,
                     std::span<const BatchEntry* const> sent, const std::vector<bool>& refused) {
  return Pairer(results, sent).pair(refused);
}

}  // namespace payferry

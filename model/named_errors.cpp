#include "model/named_errors.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "model/clean_text.hpp"
#include "model/error_kind.hpp"
#include "model/input_view.hpp"
#include "model/name_index.hpp"

namespace payferry {

namespace {

class Namer {
 public:
  Namer(std::span<const BatchEntry* const> sent, WriteMode mode)
      : sent_(sent), mode_(mode), trace_ids_(sent.size()), keys_(sent.size()) {
    texts_.reserve(sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
      trace_ids_.add(texts_.emplace_back(std::to_string(sent[i]->number.value())), i);
      if (!sent[i]->key.empty()) keys_.add(sent[i]->key, i);
    }
  }

  std::vector<std::size_t> entries_named_by(const AnsweredError& error) const;

 private:
  static std::vector<std::size_t> find_all(const NameIndex& index,
                                           const std::vector<std::string>& names);
  std::optional<std::size_t> holder_of(const AnsweredError& error) const;
  bool carries(std::size_t entry, const AnsweredError& error, bool folded) const;

  std::span<const BatchEntry* const> sent_;
  WriteMode mode_;
  std::vector<std::string> texts_;
  NameIndex trace_ids_;
  NameIndex keys_;
};

std::vector<std::size_t> Namer::find_all(const NameIndex& index,
                                         const std::vector<std::string>& names) {
  std::vector<std::size_t> found;
  for (const std::string& name : names) {
    const auto entry = index.find(name);
    if (entry && std::find(found.begin(), found.end(), *entry) == found.end()) {
      found.push_back(*entry);
    }
  }
  return found;
}

bool Namer::carries(std::size_t entry, const AnsweredError& error, bool folded) const {
  const InputView input = open_input(sent_[entry]->input);
  const auto value = find_property(input.properties, error.held_property);
  // The key of an upsert stands beside the properties (contract §1.5).
  const std::string_view carried = value ? *value : sent_[entry]->key;
  if (carried.empty()) return false;
  return folded ? fold(carried) == fold(error.held_value) : carried == error.held_value;
}

/// The one entry that carries the value which a record has already.
std::optional<std::size_t> Namer::holder_of(const AnsweredError& error) const {
  if (error.held_value.empty()) return std::nullopt;
  for (const bool folded : {false, true}) {
    std::vector<std::size_t> carriers;
    for (std::size_t i = 0; i < sent_.size(); ++i) {
      if (carries(i, error, folded)) carriers.push_back(i);
    }
    if (carriers.size() == 1) return carriers.front();
    if (carriers.size() > 1) return std::nullopt;
  }
  return std::nullopt;
}

/// The ids that were sent twice are no one record's fault: each is good without the other (contract
/// §2.4).
bool is_repetition(const AnsweredError& error) {
  return error.message.find("Duplicate IDs found in batch input") != std::string::npos;
}

std::vector<std::size_t> Namer::entries_named_by(const AnsweredError& error) const {
  if (is_repetition(error)) return {};
  if (!error.trace_ids.empty()) return find_all(trace_ids_, error.trace_ids);
  if (mode_ == WriteMode::upsert) {
    std::vector<std::size_t> found = find_all(keys_, error.ids);
    if (!found.empty()) return found;
  }
  if (const auto holder = holder_of(error)) return {*holder};
  return {};
}

int weight(const AnsweredError& error) {
  if (is_unique_conflict(error)) return 3;
  if (is_rate_limit(error)) return 0;
  return is_server_fault(error) ? 1 : 2;
}

FateKind kind_by(const AnsweredError& error) {
  switch (weight(error)) {
    case 3:
      return FateKind::held;
    case 2:
      return FateKind::refused;
    case 1:
      return FateKind::in_doubt;
    default:
      return FateKind::not_done;
  }
}

std::string joined_messages(std::span<const AnsweredError* const> errors) {
  std::vector<std::string_view> seen;
  std::string text;
  for (const AnsweredError* const error : errors) {
    if (error->message.empty()) continue;
    if (std::find(seen.begin(), seen.end(), error->message) != seen.end()) continue;
    seen.push_back(error->message);
    text += (text.empty() ? "" : "; ") + error->message;
  }
  return clean_text(text);
}

}  // namespace

NamedErrors name_errors(std::span<const AnsweredError> errors,
                        std::span<const BatchEntry* const> sent, WriteMode mode) {
  NamedErrors named;
  named.of_entry.resize(sent.size());
  if (errors.empty()) return named;
  const Namer namer(sent, mode);
  for (const AnsweredError& error : errors) {
    const std::vector<std::size_t> entries = namer.entries_named_by(error);
    for (const std::size_t entry : entries) named.of_entry[entry].push_back(&error);
    if (entries.empty()) named.nameless.push_back(&error);
  }
  return named;
}

Fate fate_by_errors(std::span<const AnsweredError* const> errors, const Answer& answer) {
  const AnsweredError* const decisive = *std::max_element(
      errors.begin(), errors.end(),
      [](const auto* left, const auto* right) { return weight(*left) < weight(*right); });
  Fate fate;
  fate.kind = kind_by(*decisive);
  fate.id = decisive->existing_id;
  fate.refusal = to_refusal(*decisive, answer);
  if (const std::string joined = joined_messages(errors); !joined.empty()) {
    fate.refusal->message = joined;
  }
  return fate;
}

}  // namespace payferry

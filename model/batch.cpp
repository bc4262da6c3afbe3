#include "model/batch.hpp"

#include <algorithm>

namespace payferry {

namespace {
constexpr std::size_t kBlockBytes = 32 * 1024;  // the usual batch's keys and rows
/// Set aside for the inputs by the first one's size: so many, each longer by a part of it.
constexpr std::size_t kBodyBytes = 128 * 1024;
constexpr std::size_t kSpare = 4;
constexpr std::string_view kBodyHead = R"({"inputs":[)";
constexpr std::string_view kBodySeparator = ",";
constexpr std::string_view kBodyEnd = "]}";
}  // namespace

std::string_view Batch::keep(std::string_view text) {
  if (text.empty()) return {};
  if (blocks_.empty() || blocks_.back().room() < text.size())
    blocks_.emplace_back(std::max(kBlockBytes, text.size()));
  return blocks_.back().append(text);
}

/// Entries are views into the body: they follow it to its new place.
void Batch::make_room(std::size_t bytes) {
  if (body_.room() >= bytes) return;
  ByteBlock larger(std::max(2 * body_.capacity(), body_.size() + bytes));
  const char* const begin = larger.append(body_.text()).data();
  for (BatchEntry& entry : entries_) {
    const auto at = entry.input.data() - body_.text().data();
    entry.input = {begin + at, entry.input.size()};
  }
  body_ = std::move(larger);
}

std::string_view Batch::append_input(std::string_view input) {
  const bool is_first = body_.size() == 0;
  if (is_first) {
    const std::size_t expected = kMaxBatchRecords * (input.size() + input.size() / kSpare);
    make_room(std::min(expected, kBodyBytes));
  } else {
    body_.cut_back_to(body_.size() - kBodyEnd.size());
  }
  const std::string_view before = is_first ? kBodyHead : kBodySeparator;
  make_room(before.size() + input.size() + kBodyEnd.size());
  body_.append(before);
  const std::string_view kept = body_.append(input);
  body_.append(kBodyEnd);
  return kept;
}

std::optional<std::string_view> Batch::body() const {
  if (has_associations_ || entries_.empty()) return std::nullopt;
  return body_.text();
}

void Batch::set_mark() {
  before_last_.blocks = blocks_.size();
  before_last_.bytes = blocks_.empty() ? 0 : blocks_.back().size();
  before_last_.body = body_.size();
}

void Batch::add(const BatchEntry& entry) {
  if (entries_.empty()) entries_.reserve(kMaxBatchRecords);
  set_mark();
  const std::string_view input = append_input(entry.input);
  BatchEntry& kept = entries_.emplace_back(entry);
  kept.input = input;
  kept.key = keep(entry.key);
  kept.raw = keep(entry.raw);
  kept.associations = keep(entry.associations);
  if (entry.in_doubt != nullptr) kept.in_doubt = &in_doubt_.emplace_front(*entry.in_doubt);
  has_associations_ |= !entry.associations.empty();
  input_bytes_ += entry.input.size();
  row_bytes_ += entry.raw.size();
}

void Batch::add(RefusedEntry entry) {
  row_bytes_ += entry.raw.size();
  refused_.push_back(std::move(entry));
}

void Batch::add(SettledEntry entry) {
  row_bytes_ += entry.raw.size();
  settled_.push_back(std::move(entry));
}

/// A source full of duplicates must not fill the memory.
void Batch::take_back_entry() {
  input_bytes_ -= entries_.back().input.size();
  row_bytes_ -= entries_.back().raw.size();
  entries_.pop_back();
  while (!targets_.empty() && targets_.back().entry == entries_.size()) targets_.pop_back();
  blocks_.resize(before_last_.blocks);
  if (!blocks_.empty()) blocks_.back().cut_back_to(before_last_.bytes);
  body_.cut_back_to(before_last_.body);
  if (entries_.empty()) return;
  body_.cut_back_to(body_.size() - kBodyEnd.size());
  body_.append(kBodyEnd);
}

void Batch::add_target(std::size_t rule, std::string_view value) {
  AssociationTarget& target = targets_.emplace_back();
  target.entry = entries_.size() - 1;
  target.rule = rule;
  target.value = keep(value);
}

void Batch::set_associations(std::size_t entry, std::string_view json) {
  entries_[entry].associations = keep(json);
  has_associations_ |= !json.empty();
}

}  // namespace payferry

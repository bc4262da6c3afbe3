#include "model/batch.hpp"

#include <algorithm>

namespace payferry {

namespace {
constexpr std::size_t kBlockBytes = 64 * 1024;
}

std::string_view Batch::keep(std::string_view text) {
  if (text.empty()) return {};
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < text.size()) {
    blocks_.emplace_back().reserve(std::max(kBlockBytes, text.size()));
  }
  std::vector<char>& block = blocks_.back();
  const std::size_t start = block.size();
  block.insert(block.end(), text.begin(), text.end());
  return {block.data() + start, text.size()};
}

void Batch::add(const BatchEntry& entry) {
  if (entries_.empty()) entries_.reserve(kMaxBatchRecords);
  BatchEntry& kept = entries_.emplace_back(entry);
  kept.key = keep(entry.key);
  kept.input = keep(entry.input);
  kept.raw = keep(entry.raw);
  kept.associations = keep(entry.associations);
  input_bytes_ += entry.input.size();
}

void Batch::take_back_entry() {
  const BatchEntry& last = entries_.back();
  input_bytes_ -= last.input.size();
  // Its first text; what was kept behind that is its own. A source full of duplicates must not fill
  // the memory.
  const char* const first = (last.key.empty() ? last.input : last.key).data();
  const auto holds = [first](const std::vector<char>& block) {
    return first >= block.data() && first < block.data() + block.size();
  };
  while (!holds(blocks_.back())) blocks_.pop_back();
  blocks_.back().resize(static_cast<std::size_t>(first - blocks_.back().data()));
  entries_.pop_back();
  while (!targets_.empty() && targets_.back().entry == entries_.size()) targets_.pop_back();
}

void Batch::add_target(std::size_t rule, std::string_view value) {
  AssociationTarget& target = targets_.emplace_back();
  target.entry = entries_.size() - 1;
  target.rule = rule;
  target.value = keep(value);
}

void Batch::set_associations(std::size_t entry, std::string_view json) {
  entries_[entry].associations = keep(json);
}

}  // namespace payferry

#include "model/name_index.hpp"

#include <bit>

#include <xxhash.h>

namespace payferry {

NameIndex::NameIndex(std::size_t expected) {
  entries_.reserve(expected);
  make_slots(expected);
}

void NameIndex::make_slots(std::size_t names) {
  slots_.assign(std::bit_ceil(2 * names + 2), 0);
  for (std::size_t entry = 0; entry < entries_.size(); ++entry)
    slots_[slot_of(entries_[entry].name)] = static_cast<std::uint32_t>(entry + 1);
}

/// The slot that has the name, else the free one where it belongs.
std::size_t NameIndex::slot_of(std::string_view name) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = XXH3_64bits(name.data(), name.size()) & mask;
  while (slots_[slot] != 0 && entries_[slots_[slot] - 1].name != name) slot = (slot + 1) & mask;
  return slot;
}

void NameIndex::add(std::string_view name, std::size_t place) {
  if (2 * entries_.size() + 2 > slots_.size()) make_slots(2 * entries_.size());
  std::uint32_t& slot = slots_[slot_of(name)];
  if (slot != 0) {
    entries_[slot - 1].several = true;
    return;
  }
  Entry& entry = entries_.emplace_back();
  entry.name = name;
  entry.place = place;
  slot = static_cast<std::uint32_t>(entries_.size());
}

std::optional<std::size_t> NameIndex::find(std::string_view name) const {
  const std::uint32_t slot = slots_[slot_of(name)];
  if (slot == 0 || entries_[slot - 1].several) return std::nullopt;
  return entries_[slot - 1].place;
}

std::string fold(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t start = text.find_first_not_of(kBlanks);
  if (start == std::string_view::npos) return {};
  std::string folded(text.substr(start, text.find_last_not_of(kBlanks) - start + 1));
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return folded;
}

}  // namespace payferry

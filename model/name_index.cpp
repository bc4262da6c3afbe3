#include "model/name_index.hpp"

#include <algorithm>

namespace payferry {

void NameIndex::seal() {
  std::sort(names_.begin(), names_.end());
}

std::optional<std::size_t> NameIndex::find(std::string_view name) const {
  const auto at =
      std::lower_bound(names_.begin(), names_.end(), name,
                       [](const auto& entry, auto wanted) { return entry.first < wanted; });
  if (at == names_.end() || at->first != name) return std::nullopt;
  const auto behind = std::next(at);
  if (behind != names_.end() && behind->first == name) return std::nullopt;
  return at->second;
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

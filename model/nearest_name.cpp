#include "model/nearest_name.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace payferry {

namespace {

/// Longer names than any key or column header: not worth the quadratic comparison.
constexpr std::size_t kMaxNameBytes = 200;

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same(char left, char right) {
  return lower(left) == lower(right);
}

/// A third of the letters may be wrong; of a short name, one.
std::size_t tolerance(std::string_view name) {
  return std::max<std::size_t>(1, name.size() / 3);
}

template <typename Name>
std::optional<std::string_view> nearest(std::string_view name, std::span<const Name> candidates) {
  std::optional<std::string_view> best;
  if (name.size() > kMaxNameBytes) return best;
  std::size_t best_distance = tolerance(name) + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kMaxNameBytes) continue;
    const std::size_t distance = edit_distance(name, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right) {
  if (std::max(left.size(), right.size()) > kMaxNameBytes) return kMaxNameBytes;
  std::vector<std::size_t> before_last(right.size() + 1);
  std::vector<std::size_t> last(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t column = 0; column <= right.size(); ++column) last[column] = column;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (same(left[i - 1], right[j - 1]) ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped =
          i > 1 && j > 1 && same(left[i - 1], right[j - 2]) && same(left[i - 2], right[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[right.size()];
}

std::optional<std::string_view> nearest_name(std::string_view name,
                                             std::span<const std::string_view> candidates) {
  return nearest(name, candidates);
}

std::optional<std::string_view> nearest_name(std::string_view name,
                                             std::span<const std::string> candidates) {
  return nearest(name, candidates);
}

}  // namespace payferry

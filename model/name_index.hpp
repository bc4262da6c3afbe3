#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace payferry {

/// Finds a place by name, where exactly one has it. Names are views and must outlive the index.
class NameIndex {
 public:
  explicit NameIndex(std::size_t expected) { names_.reserve(expected); }

  void add(std::string_view name, std::size_t place) { names_.emplace_back(name, place); }
  /// To be called once, behind the last add().
  void seal();
  /// Nothing where no place or several places have the name.
  std::optional<std::size_t> find(std::string_view name) const;

 private:
  std::vector<std::pair<std::string_view, std::size_t>> names_;
};

/// Blanks at the ends dropped and ASCII letters lowered: what HubSpot may do to a value (contract
/// §2.3).
std::string fold(std::string_view text);

}  // namespace payferry

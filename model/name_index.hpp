#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace payferry {

/// Finds a place by name, where exactly one has it. Names are views and must outlive the index.
class NameIndex {
 public:
  /// More names than expected fit as well.
  explicit NameIndex(std::size_t expected);

  void add(std::string_view name, std::size_t place);
  /// Nothing where no place or several places have the name.
  std::optional<std::size_t> find(std::string_view name) const;

 private:
  struct Entry {
    std::string_view name;
    std::size_t place = 0;
    bool several = false;
  };

  std::size_t slot_of(std::string_view name) const;
  void make_slots(std::size_t names);

  std::vector<Entry> entries_;
  /// Open addressing, at most half full: the number of an entry, counted from 1; 0 is free.
  std::vector<std::uint32_t> slots_;
};

/// Blanks at the ends dropped and ASCII letters lowered: what HubSpot may do to a value (contract
/// §2.3).
std::string fold(std::string_view text);

}  // namespace payferry

#pragma once

#include <string_view>
#include <unordered_map>

#include "model/ids.hpp"

namespace payferry {

/// Which record was loaded as which of the ids that are asked for: learns it from outcome lines,
/// one by one. Where several were, that one counts which stands first in the source.
class CreatorSearch {
 public:
  /// `id` must outlive the search.
  void ask_for(std::string_view id) { creators_.try_emplace(id); }
  /// Takes note where the line says that a record was loaded as an id that is asked for. What is no
  /// outcome line says nothing.
  void note(std::string_view outcome_line);
  /// RecordNumber() for none.
  RecordNumber creator_of(std::string_view id) const;

 private:
  std::unordered_map<std::string_view, RecordNumber> creators_;
};

}  // namespace payferry

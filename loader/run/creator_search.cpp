#include "loader/run/creator_search.hpp"

#include "loader/run/outcome_line.hpp"

namespace payferry {

namespace {

/// The record's id as the line has it, or nothing. Within a text quotes are escaped, so that no
/// other place of a line looks like this.
std::string_view id_in(std::string_view outcome_line) {
  constexpr std::string_view kName = R"("id":")";
  const std::size_t name = outcome_line.find(kName);
  if (name == std::string_view::npos) return {};
  const std::string_view rest = outcome_line.substr(name + kName.size());
  return rest.substr(0, rest.find('"'));
}

}  // namespace

void CreatorSearch::note(std::string_view outcome_line) {
  const std::string_view id = id_in(outcome_line);
  const auto asked = creators_.find(id);
  if (id.empty() || asked == creators_.end()) return;
  // Only now is the line parsed: most have an id that nobody asks for.
  const auto line = parse_outcome_line(outcome_line);
  if (!line || !is_loaded(line->outcome.status) || line->outcome.id != id) return;
  RecordNumber& creator = asked->second;
  if (creator == RecordNumber() || line->outcome.record < creator) creator = line->outcome.record;
}

RecordNumber CreatorSearch::creator_of(std::string_view id) const {
  const auto asked = creators_.find(id);
  return asked == creators_.end() ? RecordNumber() : asked->second;
}

}  // namespace payferry

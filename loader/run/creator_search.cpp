#include "loader/run/creator_search.hpp"

#include <algorithm>

#include "loader/run/line_file.hpp"
#include "loader/run/outcome_line.hpp"

namespace payferry {

void note_creator(std::string_view outcome_line, std::span<const std::string> ids,
                  std::vector<RecordNumber>& creators) {
  // Lines are parsed only where their text has the id: most have none of them.
  const auto named = std::find_if(ids.begin(), ids.end(), [&](const std::string& id) {
    return outcome_line.find("\"id\":\"" + id + "\"") != std::string_view::npos;
  });
  if (named == ids.end()) return;
  const auto line = parse_outcome_line(outcome_line);
  if (!line || !is_loaded(line->outcome.status) || line->outcome.id != *named) return;
  RecordNumber& creator = creators[static_cast<std::size_t>(named - ids.begin())];
  if (creator == RecordNumber() || line->outcome.record < creator) creator = line->outcome.record;
}

std::vector<RecordNumber> find_creators(const std::filesystem::path& outcomes,
                                        std::span<const std::string> ids) {
  std::vector<RecordNumber> creators(ids.size());
  read_lines(outcomes, 0,
             [&](std::string_view line, std::uint64_t) { note_creator(line, ids, creators); });
  return creators;
}

}  // namespace payferry

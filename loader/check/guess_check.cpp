#include "loader/check/guess_check.hpp"

#include <string_view>

#include "config/load_settings.hpp"
#include "model/mapping.hpp"

namespace payferry {

namespace {

void map_rows(const Mapping& mapping, const Sample& sample, GuessCheck& check) {
  std::vector<std::string_view> cells;
  std::string input;
  MappedRecord mapped;
  Record record;
  for (const auto& row : sample.rows) {
    cells.assign(row.begin(), row.end());
    record.cells = cells;
    input.clear();
    mapping.map(record, input, mapped);
    if (!mapped.error) continue;
    ++check.invalid_rows;
    if (check.first_problem.empty()) check.first_problem = mapped.error->message;
  }
}

}  // namespace

GuessCheck check_guess(const GuessedConfig& guessed, const Sample& sample) {
  GuessCheck check;
  check.missing = guessed.missing;
  if (!check.missing.empty()) return check;
  ConfigSource source;
  source.file_name = "the guessed config";
  source.toml = guessed.toml;
  const auto settings = load_settings(source);
  if (!settings) {
    check.missing.push_back(settings.error().to_string());
    return check;
  }
  const auto mapping = Mapping::compile(settings->mapping, sample.header);
  if (mapping) {
    map_rows(*mapping, sample, check);
  } else {
    check.missing.push_back(mapping.error().message);
  }
  return check;
}

}  // namespace payferry

#include "loader/check/guess_check.hpp"

#include <algorithm>
#include <string_view>

#include "config/load_settings.hpp"
#include "config/value_guess.hpp"
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

/// A date or an amount is no column's name.
bool looks_like_data(const std::string& name) {
  const std::vector<std::string> value{name};
  if (name.empty() || are_whole_numbers(value)) return false;
  return guess_date(value, false).has_value() || guess_amount(value, false).has_value();
}

}  // namespace

GuessCheck check_guess(const GuessedConfig& guessed, const Sample& sample) {
  GuessCheck check;
  if (std::any_of(sample.header.begin(), sample.header.end(), looks_like_data)) {
    check.missing.emplace_back(
        "The first line of the input looks like data; put a line with the columns' names above it "
        "and begin again");
    return check;
  }
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

#include <boost/json/parse.hpp>
#include <string>
#include <vector>

#include "config/load_settings.hpp"
#include "fuzz/fuzz_target.hpp"
#include "model/batch.hpp"
#include "model/mapping.hpp"

namespace payferry::fuzz {

namespace {

constexpr std::string_view kOverride = "--set ";

ConfigSource to_source(std::string_view bytes) {
  ConfigSource source;
  source.file_name = "fuzz.toml";
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    const std::string_view line = bytes.substr(0, end);
    if (line.starts_with(kOverride)) {
      source.overrides.emplace_back(line.substr(kOverride.size()));
    } else {
      source.toml.append(line);
    }
    bytes.remove_prefix(end);
  }
  return source;
}

void check_error(const ConfigError& error) {
  require(!error.empty(), "an error says something");
  for (const ConfigProblem& problem : error.problems()) {
    require(!problem.message.empty(), "a problem is told");
    require(problem.message.find('\n') == problem.message.npos, "in one line");
    require(problem.message.find('\0') == problem.message.npos, "of text");
  }
}

void check_limits(const Settings& settings) {
  const LimitSettings& limits = settings.limits;
  require(limits.batch_records >= 1 && limits.batch_records <= kMaxBatchRecords, "batch_records");
  require(limits.window.count() > 0, "window");
  require(limits.daily_reserve_percent >= 0 && limits.daily_reserve_percent <= 100, "reserve");
  require(!limits.requests || *limits.requests > 0, "requests");
  require(settings.retry.base.count() >= 0 && settings.retry.cap.count() >= 0, "retry");
}

void check_record(const Mapping& mapping, const std::vector<std::string_view>& cells) {
  Record record;
  record.number = RecordNumber(1);
  record.cells = cells;
  std::string input;
  MappedRecord mapped;
  mapping.map(record, input, mapped);
  if (mapped.error) return require(input.empty(), "an invalid record sends nothing");
  boost::json::error_code error;
  const auto value = boost::json::parse(input, error);
  require(!error && value.is_object(), "an input is a JSON object");
}

void check_mapping(const MappingRules& rules) {
  const std::vector<std::string> columns = Mapping::columns_read(rules);
  const auto mapping = Mapping::compile(rules, columns);
  if (!mapping) return require(!mapping.error().message.empty(), "why not is told");
  for (const std::string_view cell : {"", "12.50", "2026-11-23T10:00:00Z", "GBP", " a\"\\\x01b "}) {
    check_record(*mapping, std::vector<std::string_view>(columns.size(), cell));
  }
}

}  // namespace

void try_config(std::string_view bytes) {
  const ConfigSource source = to_source(bytes);
  const auto settings = load_settings(source);
  if (!settings) return check_error(settings.error());
  check_limits(*settings);
  check_mapping(settings->mapping);
}

}  // namespace payferry::fuzz

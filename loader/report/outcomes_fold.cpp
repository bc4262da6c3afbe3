#include "loader/report/outcomes_fold.hpp"

#include <algorithm>
#include <optional>

#include "loader/run/line_file.hpp"
#include "loader/run/outcome_line.hpp"
#include "model/digits.hpp"
#include "model/json_reader.hpp"

namespace payferry {

namespace {

/// What is read of every line; the rest only where a record was refused.
struct Head {
  RecordNumber record;
  std::optional<OutcomeStatus> status;
  std::optional<Instant> at;
};

std::string_view unquoted(std::string_view raw) {
  return raw.size() >= 2 && raw.front() == '"' ? raw.substr(1, raw.size() - 2) : raw;
}

Head read_head(std::string_view line) {
  Head head;
  JsonReader reader(line);
  reader.read_object([&](std::string_view key) {
    const bool is_record = key == "record";
    const bool is_status = key == "status";
    const bool is_at = key == "at";
    const std::string_view value = reader.skip();
    if (is_record) head.record = RecordNumber(parse_number(value).value_or(0));
    if (is_status) head.status = parse_outcome_status(unquoted(value));
    if (is_at) head.at = parse_iso8601(unquoted(value));
  });
  return reader.finished() ? head : Head();
}

}  // namespace

void OutcomesFold::read(const std::filesystem::path& outcomes) {
  read_lines(outcomes, 0, [this](std::string_view line, std::uint64_t) { take(line); });
}

void OutcomesFold::take(std::string_view line) {
  const Head head = read_head(line);
  if (head.record == RecordNumber() || !head.status || !head.at) {
    ++unreadable_;
    return;
  }
  ++tally_.of(*head.status);
  last_record_ = std::max(last_record_, head.record);
  ++activity_.at(*head.at).of(*head.status);
  if (is_loaded(*head.status)) return;
  if (const auto whole = parse_outcome_line(line)) causes_.add(*whole);
}

}  // namespace payferry

#include "loader/undo/undo_journal.hpp"

#include <exception>
#include <stdexcept>
#include <utility>

#include "loader/run/disk_failure.hpp"
#include "loader/run/line_file.hpp"
#include "loader/run/stored_json.hpp"
#include "model/digits.hpp"
#include "model/json_text.hpp"

namespace payferry {

namespace json = boost::json;

namespace {

UndoStatus parse_status(std::string_view text) {
  for (const UndoStatus status :
       {UndoStatus::archived, UndoStatus::refused, UndoStatus::without_id}) {
    if (text == to_string(status)) return status;
  }
  throw std::runtime_error("no status");
}

void take_record(UndoState& state, const json::object& line) {
  ++state.counts.of(parse_status(line.at("status").as_string()));
  state.done.insert(number_at(line, "outcome_at"));
}

void take_event(UndoState& state, const json::object& line) {
  const std::string_view event = line.at("event").as_string();
  if (event == "begin") {
    state.has_begun = true;
  } else if (event == "checkpoint") {
    state.outcomes_bytes = number_at(line, "outcomes_bytes");
    std::erase_if(state.done, [&](std::uint64_t at) { return at < state.outcomes_bytes; });
  } else if (event == "complete") {
    state.complete = true;
    state.in_doubt = number_at(line, "in_doubt");
  } else if (event != "in doubt") {
    throw std::runtime_error("no event");
  }
}

void take_line(UndoState& state, std::string_view text) {
  const json::value value = parse_stored_json(text);
  const json::object& line = value.as_object();
  line.contains("event") ? take_event(state, line) : take_record(state, line);
}

void append_text(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out += name;
  append_json_string(out, value);
}

void append_time(std::string& out, Instant at) {
  out += R"(,"at":")";
  append_iso8601(out, at);
  out += "\"}\n";
}

/// Opens the line's object.
void append_record(std::string& out, const CreatedRecord& record, std::string_view start) {
  out += start;
  out += R"("record":)";
  append_number(out, record.record.value());
  out += R"(,"line":)";
  append_number(out, record.line.value());
  append_text(out, R"(,"file":)", record.file);
  append_text(out, R"(,"key":)", record.key);
  append_text(out, R"(,"id":)", record.id);
}

void append_entry(std::string& out, const UndoJournal::Entry& entry, Instant at) {
  append_record(out, *entry.record, "{");
  append_text(out, R"(,"status":)", to_string(entry.status));
  if (entry.refusal != nullptr) {
    append_text(out, R"(,"category":)", entry.refusal->category);
    append_text(out, R"(,"code":)", entry.refusal->code);
    append_text(out, R"(,"message":)", entry.refusal->message);
    append_text(out, R"(,"correlation_id":)", entry.refusal->correlation_id);
  }
  out += R"(,"outcome_at":)";
  append_number(out, entry.record->outcome_at);
  append_time(out, at);
}

AppendFile open_journal(const std::filesystem::path& path, std::uint64_t bytes) {
  cut_off(path, bytes);
  return AppendFile(path);
}

}  // namespace

std::string_view to_string(UndoStatus status) {
  switch (status) {
    case UndoStatus::archived:
      return "archived";
    case UndoStatus::refused:
      return "refused";
    case UndoStatus::without_id:
      return "without id";
  }
  return "refused";
}

std::uint64_t& UndoCounts::of(UndoStatus status) {
  switch (status) {
    case UndoStatus::archived:
      return archived;
    case UndoStatus::refused:
      return refused;
    case UndoStatus::without_id:
      return without_id;
  }
  return refused;
}

UndoState read_undo(const std::filesystem::path& journal) {
  UndoState state;
  state.bytes = read_lines(journal, 0, [&](std::string_view text, std::uint64_t offset) {
    try {
      take_line(state, text);
    } catch (const std::exception&) {
      throw DiskFailure(journal.string() + " is damaged at byte " + std::to_string(offset) +
                        ". Move it away and run payferry undo again: to archive what is archived "
                        "does no harm");
    }
  });
  return state;
}

UndoJournal::UndoJournal(const std::filesystem::path& path, Durability durability,
                         const UndoState& state)
    : file_(open_journal(path, state.bytes)), durability_(durability), counts_(state.counts) {}

void UndoJournal::begin(const Heading& heading, Instant at) {
  std::string line = R"({"event":"begin")";
  append_text(line, R"(,"run":)", heading.run_id);
  append_text(line, R"(,"object":)", heading.object);
  append_text(line, R"(,"account":)", heading.account);
  line += R"(,"created":)";
  append_number(line, heading.created);
  append_time(line, at);
  write(line);
}

void UndoJournal::enter(std::uint64_t number, std::uint64_t outcomes_bytes,
                        const std::vector<Entry>& entries, Instant at) {
  std::string lines;
  for (const Entry& entry : entries) {
    append_entry(lines, entry, at);
    ++counts_.of(entry.status);
  }
  ended_[number] = outcomes_bytes;
  if (ended_.begin()->first == next_) lines += checkpoint();
  write(lines);
}

std::string UndoJournal::checkpoint() {
  std::uint64_t bytes = 0;
  while (!ended_.empty() && ended_.begin()->first == next_) {
    bytes = ended_.begin()->second;
    ended_.erase(ended_.begin());
    ++next_;
  }
  std::string line = R"({"event":"checkpoint","outcomes_bytes":)";
  append_number(line, bytes);
  return line + "}\n";
}

void UndoJournal::note_in_doubt(const CreatedRecord& record, Instant at) {
  std::string line;
  append_record(line, record, R"({"event":"in doubt",)");
  append_time(line, at);
  write(line);
}

void UndoJournal::complete(std::uint64_t in_doubt, Instant at) {
  std::string line = R"({"event":"complete","archived":)";
  append_number(line, counts_.archived);
  line += R"(,"refused":)";
  append_number(line, counts_.refused);
  line += R"(,"without_id":)";
  append_number(line, counts_.without_id);
  line += R"(,"in_doubt":)";
  append_number(line, in_doubt);
  append_time(line, at);
  write(line);
}

void UndoJournal::write(std::string_view lines) {
  if (lines.empty()) return;
  file_.append(lines);
  if (durability_ == Durability::commit) file_.flush();
}

}  // namespace payferry

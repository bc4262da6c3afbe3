#include "loader/report/report_text.hpp"

#include <algorithm>
#include <string_view>

#include "loader/report/closing_parts.hpp"
#include "loader/report/report_numbers.hpp"
#include "loader/report/run_standing.hpp"
#include "loader/report/text_columns.hpp"
#include "model/clean_text.hpp"
#include "model/counted.hpp"
#include "model/shell_word.hpp"

namespace payferry {

namespace {

constexpr std::size_t kWidth = 78;

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::size_t columns(std::string_view text) {
  return text.size() -
         static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_character));
}

/// In lines of at most kWidth columns, each behind `indent` blanks; a longer word stays whole.
std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out;
  std::string line;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (!line.empty() && indent + columns(line) + 1 + columns(word) > kWidth) {
      out += std::string(indent, ' ') + line + "\n";
      line.clear();
    }
    if (!line.empty()) line.push_back(' ');
    line += word;
  }
  return out + std::string(indent, ' ') + line + "\n";
}

std::string heading(const std::string& text) {
  return "\n" + text + "\n";
}

std::string shown_path(const std::string& path) {
  return path == "-" ? "standard input" : clean_text(path);
}

std::string head(const RunReport& report) {
  std::string text = "payferry run " + report.summary.run_id + "\n";
  for (const InputInfo& input : report.manifest.inputs) {
    text += "  " + shown_path(input.path);
    if (input.fingerprint) text += " (" + byte_text(input.fingerprint->size) + ")";
    text += "\n";
  }
  if (report.first_moment) {
    text += "  " + moment_text(*report.first_moment) + " to " + moment_text(*report.last_moment) +
            " UTC";
    const std::size_t processes = report.manifest.started.size();
    if (processes > 1) text += ", in " + std::to_string(processes) + " goes";
    text += "\n";
  }
  return text;
}

std::string standing(const RunReport& report) {
  const RunStanding standing = standing_of(report);
  std::string text = heading(standing.title) + wrapped(standing.text, 2);
  if (!standing.command.empty()) text += "  $ " + standing.command + "\n";
  if (report.unreadable_lines > 0) {
    text += wrapped(counted(report.unreadable_lines, "line") +
                        " of the logs cannot be read: restore them from a copy.",
                    2);
  }
  return text;
}

std::string books(const RunReport& report) {
  std::string text = heading("Control totals");
  const Summary& summary = report.summary;
  if (summary.books_before) {
    const std::uint64_t records = summary.records_in_books();
    if (records == 0) return text + "  Nothing is in the books yet.\n";
    text = heading("Control totals of " + first_records(records));
  }
  text += totals_text(summary.tally.totals);
  if (!summary.books_before && summary.books_balance()) {
    text += "  They balance: read = loaded + refused";
    text += summary.tally.pending() > 0 ? " + pending.\n" : ".\n";
  }
  return text;
}

std::string requests(const RunReport& report) {
  const Counters& counters = report.summary.counters;
  std::string text = heading("Requests");
  text += "  " + with_thousands(counters.requests) + " sent in " + latency_text(counters.busy) +
          ": batches, look-ups and account settings\n  " +
          counted(counters.retries, "retry", "retries") + ", " +
          with_thousands(counters.throttled) + " throttled, " +
          counted(counters.reconciled, "record") + " looked up\n";
  const LatencyHistogram& latency = report.latency;
  if (latency.count() > 0) {
    text += "  half of the batches took up to " + latency_text(latency.percentile(0.5)) + ", 90% " +
            latency_text(latency.percentile(0.9)) + ", 99% " +
            latency_text(latency.percentile(0.99)) + ", the longest " +
            latency_text(latency.longest()) + "\n";
  }
  for (const auto& [http, count] : report.answers)
    text += "  " + padded_left(with_thousands(count), 13) + "  " +
            word_for(count, "batch", "batches") + " answered with HTTP " + std::to_string(http) +
            "\n";
  for (const auto& [failure, count] : report.failures)
    text += "  " + padded_left(with_thousands(count), 13) + "  " +
            word_for(count, "batch", "batches") + " unanswered: " + clean_text(failure, 100) + "\n";
  return text;
}

std::string place_text(const CauseExample& example) {
  std::string text = example.file.empty() ? "" : example.file + " ";
  text += "line " + std::to_string(example.line.value());
  return example.key.empty() ? text : text + ", " + example.key;
}

std::string cause_text(const Cause& cause, const MendingPlace& place) {
  const Remedy remedy = remedy_for(cause, place);
  const std::string& code = cause.code.empty() ? cause.category : cause.code;
  std::string title = remedy.title + " (" + std::string(to_string(cause.status));
  title += code.empty() ? "" : ", " + code;
  title += cause.property.empty() ? ")" : ", " + cause.property + ")";
  const std::string count = padded_left(with_thousands(cause.count), 9) + "  ";
  std::string text = "\n" + count + wrapped(title, count.size()).substr(count.size());
  for (const CauseExample& example : cause.examples)
    text += wrapped(place_text(example) + ": " + example.message, 11);
  text += wrapped(remedy.advice, 11);
  return text + "           $ " + remedy.command + "\n";
}

std::string causes(const RunReport& report) {
  if (report.causes.empty()) return "";
  std::string text = heading("Not in HubSpot, by cause");
  for (const Cause& cause : report.causes) text += cause_text(cause, report.place);
  if (report.records_of_other_causes > 0)
    text += "\n" + padded_left(with_thousands(report.records_of_other_causes), 9) +
            "  for other reasons, one by one in outcomes.ndjson\n";
  return text;
}

}  // namespace

std::string report_text(const RunReport& report) {
  return head(report) + standing(report) + heading("Records") + counts_text(report.summary.tally) +
         books(report) + requests(report) + causes(report) +
         "\nEvery record: " + (report.place.run_directory / "outcomes.ndjson").string() +
         "\nA page to hand on: payferry report " + shell_word(report.place.run_directory.string()) +
         " --html report.html\n";
}

}  // namespace payferry

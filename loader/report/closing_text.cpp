#include "loader/report/closing_text.hpp"

#include <array>
#include <cstdio>

#include "loader/report/closing_parts.hpp"
#include "loader/report/progress_line.hpp"
#include "loader/report/text_columns.hpp"
#include "model/counted.hpp"
#include "model/shell_word.hpp"
#include "model/shown_value.hpp"
#include "model/wrapped_text.hpp"

namespace payferry {

namespace {

std::string pace(const Summary& summary) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(summary.counters.busy);
  std::array<char, 32> rate{};
  std::snprintf(rate.data(), rate.size(), "%.0f", summary.records_per_second());
  return "  " + counted(summary.counters.requests, "request") + " in " + short_duration(seconds) +
         ", " + rate.data() + " records/s\n  " +
         counted(summary.counters.retries, "retry", "retries") + ", " +
         with_thousands(summary.counters.throttled) + " throttled, " +
         with_thousands(summary.counters.reconciled) + " looked up\n";
}

std::string books(const Summary& summary) {
  std::string note;
  if (summary.books_before) {
    const std::uint64_t records = summary.records_in_books();
    note = "  control totals of " +
           (records == 0 ? std::string("no record") : first_records(records)) +
           "; what follows is counted when the run goes on\n";
  }
  return note + totals_text(summary.tally.totals);
}

/// The path is not touched; what is to be done with it stands behind it or, if need be, below it.
std::string place(const std::string& name, const std::filesystem::path& file,
                  const std::string& advice) {
  const std::string line = "  " + name + "  " + file.string();
  const bool fits = count_characters(line) + 1 + advice.size() <= kTextColumns;
  return line + (fits ? " " : "\n" + std::string(name.size() + 4, ' ')) + advice + "\n";
}

std::string places(const Tally& tally, const std::filesystem::path& directory, bool csv) {
  const std::string kind = csv ? ".csv" : ".ndjson";
  std::string text = "  results  " + (directory / "outcomes.ndjson").string() + "\n";
  if (tally.lacking_association > 0) {
    text += "  lacking  an association: " + with_thousands(tally.lacking_association) +
            " of the loaded (see code ASSOCIATION_… there)\n";
  }
  if (tally.refused() > 0) {
    text += place("rejects", directory / ("rejects" + kind), "(mend these and load them again)");
  }
  if (tally.unknown > 0) {
    text += place("unknown", directory / ("unknown" + kind), "(look for these in HubSpot first)");
  }
  return text;
}

std::string last_word(const Summary& summary, const std::filesystem::path& directory) {
  const std::string word = shell_word(directory.string());
  if (!summary.books_balance())
    return "The books do not balance: this is a defect of payferry, do not rely on this run.\n";
  if (summary.is_cut_short) {
    return as_sentence(summary.stopped) +
           " What has an outcome is safe. Not all of the pipe was read; give the same data again, "
           "and it goes on:\n  payferry load -c CONFIG INPUT... --run-dir " +
           word + "\n";
  }
  if (!summary.stopped.empty()) {
    return as_sentence(summary.stopped) +
           " What has an outcome is safe; go on with:\n  payferry resume " + word + "\n";
  }
  if (!summary.input_broken.empty()) return summary.input_broken + "\n";
  if (summary.tally.refused() + summary.tally.unknown > 0)
    return "Complete; some records are not in HubSpot.\n";
  return "Complete: every record is in HubSpot.\n";
}

}  // namespace

std::string closing_text(const Summary& summary, const std::filesystem::path& run_directory,
                         bool csv) {
  return "\n" + counts_text(summary.tally) + books(summary) + pace(summary) +
         places(summary.tally, run_directory, csv) + last_word(summary, run_directory);
}

}  // namespace payferry

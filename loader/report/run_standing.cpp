#include "loader/report/run_standing.hpp"

#include "loader/report/text_columns.hpp"
#include "model/counted.hpp"
#include "model/shell_word.hpp"

namespace payferry {

namespace {

using Tone = RunStanding::Tone;

std::string resume_command(const RunReport& report) {
  return "payferry resume " + shell_word(report.place.run_directory.string());
}

std::string part(std::uint64_t count, const char* status) {
  return count == 0 ? "" : ", " + with_thousands(count) + " " + status;
}

/// "12 of 1,000 records are not in HubSpot, or nobody can tell: 7 invalid, 5 unknown."
std::string missing_text(const Tally& tally) {
  const std::uint64_t missing = tally.refused() + tally.unknown;
  const std::string parts = part(tally.invalid, "invalid") + part(tally.rejected, "rejected") +
                            part(tally.unknown, "unknown");
  return with_thousands(missing) + " of " + counted(tally.records, "record") +
         word_for(missing, " is", " are") + " not in HubSpot" +
         (tally.unknown > 0 ? ", or nobody can tell: " : ": ") + parts.substr(2) +
         ". The causes are below.";
}

RunStanding standing_of_complete(const Summary& summary) {
  if (summary.tally.records == 0)
    return {Tone::good, "Complete", "The input held no records: there was nothing to do.", ""};
  if (summary.tally.refused() + summary.tally.unknown == 0)
    return {Tone::good, "Complete", "Every record is in HubSpot.", ""};
  return {Tone::mixed, "Complete, with refused records", missing_text(summary.tally), ""};
}

}  // namespace

RunStanding standing_of(const RunReport& report) {
  const Summary& summary = report.summary;
  if (report.is_undone) {
    return {Tone::stopped, "Undone",
            "payferry undo has archived what this run created, as far as it came. The counts are "
            "those of the load. To be told what undo did:",
            "payferry undo " + shell_word(report.place.run_directory.string())};
  }
  if (report.unfinished) {
    return {Tone::stopped, "Not finished",
            "A payferry is at work on this run, or was ended by force. If none is at work, go on "
            "with it: nothing is doubled or lost.",
            resume_command(report)};
  }
  if (!summary.books_balance()) {
    return {Tone::bad, "The books do not balance",
            "This is a defect of payferry: do not rely on this run, and report it.", ""};
  }
  if (summary.is_cut_short) {
    return {Tone::stopped, "Stopped before the end",
            as_sentence(summary.stopped) +
                " What has an outcome is safe. Not all of the pipe was read: give the same data "
                "again, and it goes on.",
            "payferry load -c CONFIG INPUT... --run-dir " +
                shell_word(report.place.run_directory.string())};
  }
  if (!summary.stopped.empty()) {
    return {Tone::stopped, "Stopped before the end",
            as_sentence(summary.stopped) + " What has an outcome is safe.", resume_command(report)};
  }
  if (!summary.input_broken.empty()) {
    return {Tone::mixed, "The input broke off",
            as_sentence(summary.input_broken) + " What was read is loaded.", ""};
  }
  return standing_of_complete(summary);
}

}  // namespace payferry

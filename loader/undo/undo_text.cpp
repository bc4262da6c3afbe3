#include "loader/undo/undo_text.hpp"

#include "config/sample.hpp"
#include "loader/report/text_columns.hpp"
#include "loader/run/run_directory.hpp"
#include "model/counted.hpp"
#include "model/shell_word.hpp"

namespace payferry {

namespace {

std::string records(std::uint64_t count) {
  return counted(count, "record");
}

std::string counts(const UndoEnd& end) {
  std::string text = count_line("created", end.created.created, "by this run");
  text += count_line("archived", end.counts.archived, "in HubSpot, for 90 days restorable there");
  if (end.counts.refused > 0)
    text += count_line("refused", end.counts.refused, "HubSpot does not archive these");
  if (end.counts.without_id > 0)
    text += count_line("without id", end.counts.without_id, "made, but cannot be named");
  if (end.created.unknown > 0)
    text += count_line("unknown", end.created.unknown, "sent; HubSpot may have them or not");
  if (end.in_doubt > 0)
    text += count_line("in doubt", end.in_doubt, "under way when the run was broken off");
  return text;
}

/// What may still stand in HubSpot although the run made it.
std::string warnings(const UndoEnd& end) {
  std::string text;
  if (end.counts.refused > 0) {
    text += records(end.counts.refused) +
            " could not be archived; undo.ndjson says why. To try again, move that "
            "file away and run payferry undo again.\n";
  }
  if (end.counts.without_id > 0) {
    text += "WARNING: " + records(end.counts.without_id) +
            word_for(end.counts.without_id, " was", " were") +
            " created, but HubSpot told no id; what was created stands there still, look for it by "
            "what undo.ndjson and the source say.\n";
  }
  if (end.created.unknown > 0) {
    text += "WARNING: HubSpot may hold " + records(end.created.unknown) +
            " of unknown fate; look there for what stands in unknown.csv or unknown.ndjson.\n";
  }
  if (end.in_doubt > 0) {
    text += "WARNING: HubSpot may hold " + records(end.in_doubt) + " that " +
            word_for(end.in_doubt, "was", "were") +
            " under way when the run was broken off, and nothing tells whether this run made "
            "what is there; look in HubSpot for what undo.ndjson names.\n";
  }
  return text;
}

}  // namespace

std::string undo_question(const UndoPlan& plan) {
  const std::string account =
      plan.account.empty() ? "an account that does not tell its number" : "account " + plan.account;
  return "Archive " + records(plan.records) + " of " + plan.object + " that run " + plan.run_id +
         "\ncreated in HubSpot, " + account + " at " + plan.base_url +
         "?\nWhat is archived can be restored there for 90 days. Type yes to archive them: ";
}

bool means_yes(std::string_view answer) {
  const std::string folded = fold_name(answer);
  return folded == "yes" || folded == "y";
}

bool is_all_archived(const UndoEnd& end) {
  return end.stopped.empty() && end.counts.left() == 0 && end.created.unknown == 0 &&
         end.in_doubt == 0;
}

std::string undo_text(const UndoEnd& end, const std::filesystem::path& run_directory) {
  std::string text = "\n" + counts(end);
  if (end.counts.total() > 0) text += "  journal   " + (run_directory / kUndoFile).string() + "\n";
  if (!end.stopped.empty()) {
    return text + as_sentence(end.stopped) +
           " What is archived stays so; go on with:\n  payferry undo " +
           shell_word(run_directory.string()) + "\n";
  }
  if (!is_all_archived(end)) return text + warnings(end);
  return text + (end.created.created == 0 ? "This run created nothing: there is nothing to undo.\n"
                                          : "All that this run created is archived.\n");
}

}  // namespace payferry

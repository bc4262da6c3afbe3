#include "loader/verify/verify_text.hpp"

#include "loader/report/text_columns.hpp"
#include "model/counted.hpp"
#include "model/shell_word.hpp"

namespace payferry {

namespace {

std::string counts(const VerifyState& state) {
  const Tally& source = state.source;
  std::string text =
      count_line("read", source.records, word_for(source.records, "record") + " of the source");
  text += count_line("loaded", source.loaded(), "by this run");
  if (source.refused() > 0)
    text += count_line("refused", source.refused(), "by this run, so not looked for");
  if (source.unknown > 0)
    text += count_line("unknown", source.unknown, "sent; nobody can tell, so not looked for");
  if (source.pending() > 0) text += count_line("pending", source.pending(), "without an outcome");
  text += count_line("same", state.same, "HubSpot holds what the source says");
  if (state.superseded > 0)
    text += count_line("superseded", state.superseded, "a later row of the same key counts");
  if (state.differing > 0)
    text += count_line("differing", state.differing, "HubSpot holds something else");
  if (state.gone > 0) text += count_line("gone", state.gone, "HubSpot has them no more");
  if (state.unchecked > 0) text += count_line("unchecked", state.unchecked, "cannot be told");
  return text;
}

std::string totals(const VerifyState& state) {
  std::string text;
  for (const auto& [currency, books] : state.source.totals.by_currency()) {
    const auto held = state.held.by_currency().find(currency);
    const bool has_held = held != state.held.by_currency().end();
    text += total_line(currency, "source", books.read);
    text += total_line(currency, "loaded", books.loaded);
    text += total_line(currency, "read back", has_held ? held->second.read : Total());
  }
  for (const auto& [currency, books] : state.held.by_currency()) {
    if (state.source.totals.by_currency().contains(currency)) continue;
    text += total_line(currency, "read back", books.read);
  }
  const std::string note = no_currency_line(state.source.totals);
  return text + (note.empty() ? no_currency_line(state.held) : note);
}

std::string findings_text(const VerifyState& state) {
  std::string text;
  const auto add = [&text](std::uint64_t count, const char* one, const char* several) {
    if (count == 0) return;
    text += (text.empty() ? "" : ", ") + counted(count, one, several);
  };
  add(state.differing, "record differs", "records differ");
  add(state.gone, "record is gone", "records are gone");
  add(state.unchecked, "record cannot be told", "records cannot be told");
  add(state.source.unknown, "record is of unknown fate", "records are of unknown fate");
  return text;
}

std::string disagreement(const VerifyState& state, const VerifyEnd& end) {
  std::string text;
  if (!state.trouble.empty()) text += state.trouble + "\n";
  const std::string findings = findings_text(state);
  if (!findings.empty()) {
    text += "HubSpot does not hold what the source says: " + findings + ".\n";
  } else if (!state.books_balance()) {
    text += "The sums that HubSpot holds are not those of the source.\n";
  }
  if (end.undone && state.gone > 0)
    text += "payferry undo has archived what this run created (undo.ndjson).\n";
  return text;
}

}  // namespace

std::string verify_text(const VerifyState& state, const VerifyEnd& end,
                        const std::filesystem::path& run_directory) {
  std::string text = "\n" + counts(state) + totals(state);
  if (state.findings_bytes > 0)
    text += "  findings  " + (run_directory / kFindingsFile).string() + "\n";
  if (!end.stopped.empty()) {
    return text + as_sentence(end.stopped) +
           " What is checked is kept; go on with:\n  payferry verify " +
           shell_word(run_directory.string()) + "\n";
  }
  if (!state.agrees()) return text + disagreement(state, end);
  return text + "HubSpot holds what the source says" +
         (state.source.refused() > 0 ? ", but for what the run refused.\n" : ".\n");
}

}  // namespace payferry

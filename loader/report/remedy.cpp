#include "loader/report/remedy.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "loader/run/run_directory.hpp"
#include "model/json_text.hpp"
#include "model/shell_word.hpp"

namespace payferry {

namespace {

/// `%P` stands for the property, `%C` for the place in the source, `%F` for the file of rejects.
struct CodeRemedy {
  std::string_view code;
  std::string_view title;
  std::string_view advice;
  std::string_view set = {};  ///< a --set of the command
};

constexpr std::array kRemedies{
    CodeRemedy{"INVALID_DECIMAL", "Not an amount",
               "Mend %C in %F, or say how amounts are written: %P = { ..., type = \"decimal\", "
               "decimal = \",\" }."},
    CodeRemedy{"INVALID_MINOR_UNITS", "Not an amount in minor units",
               "Mend %C in %F; minor_units takes whole numbers only (cents, not dollars)."},
    CodeRemedy{
        "UNKNOWN_CURRENCY", "Unknown currency",
        "Mend the currency in %F: minor_units needs a code of ISO 4217 to know its decimals."},
    CodeRemedy{"INVALID_DATETIME", "Not a date and time",
               "Mend %C in %F, or name the format in the config: %P = { ..., format = \"...\" }."},
    CodeRemedy{"INVALID_DATE", "Not a date",
               "Mend %C in %F, or name the format in the config: %P = { ..., format = \"...\" }."},
    CodeRemedy{"INVALID_BOOLEAN", "Neither true nor false",
               "Mend %C in %F, or add the value to a map of %P in the config."},
    CodeRemedy{"INVALID_ENUM", "Not in the map",
               "Add the value to the map of %P in the config (\"*\" takes the rest), or mend %C in "
               "%F."},
    CodeRemedy{"INVALID_EMAIL", "Not an email address", "Mend %C in %F."},
    CodeRemedy{"EMPTY_REQUIRED", "Empty, but needed",
               "Fill %C in %F, or give %P a default in the config."},
    CodeRemedy{
        "CARD_NUMBER", "Looks like a card number",
        "Card numbers do not belong into a CRM: remove it from %C. If these digits are none, "
        "set allow_card_like = true for %P in the config, and put them back in %F, where they are "
        "masked."},
    CodeRemedy{"RAGGED_ROW", "More or fewer cells than the header",
               "Mend the row in %F: mostly a delimiter or a quote within a cell."},
    CodeRemedy{"UNCLOSED_QUOTE", "A quote that is never closed", "Close the quote in %F."},
    CodeRemedy{"TEXT_AFTER_QUOTE", "Text behind a closing quote",
               "Mend the row in %F: a quote within a cell is written twice."},
    CodeRemedy{"INVALID_UTF8", "Not valid UTF-8",
               "Mend the row in %F, or say how the file is encoded: encoding = \"windows-1252\" in "
               "[input]."},
    CodeRemedy{"INVALID_ENCODING", "Not valid in the input's encoding",
               "Mend the row in %F, or name another encoding in [input]."},
    CodeRemedy{"NUL_BYTE", "A NUL byte", "Remove it from the row in %F."},
    CodeRemedy{"RECORD_TOO_LONG", "Longer than max_record_bytes, or cut for that",
               "Mostly an unclosed quote before it. If it is right, raise max_record_bytes in "
               "[input], and "
               "load it from the source: rejects have its beginning only."},
    CodeRemedy{"TEXT_TOO_LONG", "Longer than HubSpot takes", "Shorten %C in %F."},
    CodeRemedy{"INVALID_JSON", "Not a JSON object", "Mend the line in %F."},
    CodeRemedy{"INVALID_RECORD_ID", "Not a HubSpot record id",
               "Mend %C in %F; ids are whole numbers. To find records by email, use match."},
    CodeRemedy{
        "DUPLICATE_IN_SOURCE", "The same id twice in the source",
        "The first record with this id counts; where it was loaded, nothing is lost if the others "
        "are the same. Where it was refused, mend one of them. To let the last one win, load them "
        "as updates.",
        "hubspot.write=upsert"},
    CodeRemedy{
        "ALREADY_EXISTS", "In HubSpot before this run",
        "The config refuses these (on_existing = \"reject\"). To count them as existing, keep "
        "them.",
        "hubspot.on_existing=keep"},
    CodeRemedy{"HELD_BY_ARCHIVED", "The id is held by an archived record",
               "Restore that record in HubSpot or delete it for good, then load %F."},
    CodeRemedy{"ASSOCIATION_NOT_FOUND", "Without the record that it must be associated with",
               "Make that record in HubSpot, or mend %C in %F. To load these without it, set "
               "missing = \"skip\" in [[associations]]."},
    CodeRemedy{
        "INVALID_OPTION", "Not an option of the property",
        "Map the value to one of HubSpot's options in the config: %P = { ..., map = { ... } }, or "
        "add the option to %P in HubSpot."},
    CodeRemedy{"PROPERTY_DOESNT_EXIST", "Unknown property",
               "Make the property %P in HubSpot, or take it out of [properties]."},
    CodeRemedy{"CONFLICTING_UNIQUE_VALUE", "Another record has this unique value",
               "Mend %C in %F: HubSpot allows each value of %P once."},
    CodeRemedy{"UNIQUE_VALUE_CONFLICT", "Another record has this unique value",
               "Mend %C in %F: HubSpot allows each value of %P once."},
};

constexpr CodeRemedy kOfPayferry{"", "Refused before sending",
                                 "Mend the row in %F; the message says what is wrong."};
constexpr CodeRemedy kOfHubSpot{"", "Refused by HubSpot",
                                "Mend the row in %F; HubSpot's message says what is wrong."};
constexpr CodeRemedy kUnknown{
    "", "Sent, and nobody can tell",
    "Look for these in HubSpot first; delete from %F those that are there, and load the rest. With "
    "id_property in the config, only what a newer payferry refuses can end so."};

const CodeRemedy& find_remedy(const Cause& cause) {
  if (cause.status == OutcomeStatus::unknown) return kUnknown;
  const auto found = std::find_if(kRemedies.begin(), kRemedies.end(),
                                  [&](const CodeRemedy& one) { return one.code == cause.code; });
  if (found != kRemedies.end()) return *found;
  return cause.status == OutcomeStatus::invalid ? kOfPayferry : kOfHubSpot;
}

std::string place_in_source(const Cause& cause) {
  if (!cause.column.empty()) return "the column \"" + cause.column + "\"";
  return cause.property.empty() ? "the row" : "the cell for " + cause.property;
}

std::string filled(std::string_view text, const Cause& cause, const std::string& file) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char next = text[at] == '%' && at + 1 < text.size() ? text[++at] : '\0';
    switch (next) {
      case 'P':
        out += cause.property.empty() ? "the property" : cause.property;
        break;
      case 'C':
        out += place_in_source(cause);
        break;
      case 'F':
        out += file;
        break;
      default:
        out.push_back(text[at]);
    }
  }
  return out;
}

std::string file_name(const Cause& cause, bool csv) {
  const std::string stem = cause.status == OutcomeStatus::unknown ? "unknown" : "rejects";
  return stem + (csv ? ".csv" : ".ndjson");
}

std::string load_command(const MendingPlace& place, const std::string& file, std::string_view set) {
  std::string command = "payferry load -c " + shell_word(place.config);
  for (const std::string& override : place.overrides) command += " --set " + shell_word(override);
  if (!set.empty()) command += " --set " + std::string(set);
  return command + " " + shell_word((place.run_directory / file).string());
}

/// As it stands in the outcome lines of these records.
std::string mark_of(const Cause& cause) {
  if (cause.code.empty()) return R"("status":")" + std::string(to_string(cause.status)) + '"';
  std::string code = R"("code":)";
  append_json_string(code, cause.code);
  return code;
}

}  // namespace

Remedy remedy_for(const Cause& cause, const MendingPlace& place) {
  const CodeRemedy& known = find_remedy(cause);
  const std::string file = file_name(cause, place.csv);
  Remedy remedy;
  remedy.title = known.title;
  remedy.advice = filled(known.advice, cause, file);
  remedy.command = load_command(place, file, known.set);
  remedy.listing = "grep -F " + shell_word(mark_of(cause)) + " " +
                   shell_word((place.run_directory / kOutcomesFile).string());
  return remedy;
}

}  // namespace payferry

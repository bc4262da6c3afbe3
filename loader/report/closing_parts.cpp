#include "loader/report/closing_parts.hpp"

#include <array>
#include <string_view>

#include "loader/report/text_columns.hpp"
#include "model/counted.hpp"

namespace payferry {

std::string first_records(std::uint64_t count) {
  return count == 1 ? "record 1" : "records 1 to " + with_thousands(count);
}

std::string counts_text(const Tally& tally) {
  std::string text =
      count_line("read", tally.records, word_for(tally.records, "record") + " of the source");
  if (tally.created > 0 || tally.loaded() == 0)
    text += count_line("created", tally.created, "made by this run");
  if (tally.updated > 0) text += count_line("updated", tally.updated, "changed by this run");
  if (tally.existing > 0) text += count_line("existing", tally.existing, "were in HubSpot before");
  if (tally.invalid > 0)
    text += count_line("invalid", tally.invalid, "refused by payferry, not sent");
  if (tally.rejected > 0) text += count_line("rejected", tally.rejected, "refused for good");
  if (tally.unknown > 0)
    text += count_line("unknown", tally.unknown, "sent; HubSpot may have them or not");
  if (tally.pending() > 0) text += count_line("pending", tally.pending(), "not final yet");
  return text;
}

std::string totals_text(const ControlTotals& totals) {
  std::string text;
  for (const auto& [currency, books] : totals.by_currency()) {
    struct Row {
      const char* name = "";
      Total total;
    };
    const std::array<Row, 4> rows{{{"read", books.read},
                                   {"loaded", books.loaded},
                                   {"refused", books.refused},
                                   {"pending", books.pending()}}};
    for (const Row& row : rows) {
      if (row.total.count == 0 && std::string_view(row.name) != "read") continue;
      text += total_line(currency, row.name, row.total);
    }
  }
  return text + no_currency_line(totals);
}

}  // namespace payferry

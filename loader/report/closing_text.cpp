#include "loader/report/closing_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "loader/report/progress_line.hpp"

namespace payferry {

namespace {

std::string grouped_sum(const Decimal& sum) {
  std::string text = sum.to_string();
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (auto place = static_cast<std::ptrdiff_t>(point) - 3;
       place > static_cast<std::ptrdiff_t>(first); place -= 3) {
    text.insert(static_cast<std::size_t>(place), 1, ',');
  }
  return text;
}

std::string padded_left(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string padded_right(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, text.size()), ' ');
}

std::string count_line(std::string_view name, std::uint64_t count, std::string_view meaning) {
  return "  " + padded_right(std::string(name), 10) + padded_left(with_thousands(count), 13) +
         "  " + std::string(meaning) + "\n";
}

std::string counts(const Tally& tally) {
  std::string text = count_line("read", tally.records, "records of the source");
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

std::string totals(const ControlTotals& totals) {
  std::string text;
  for (const auto& [currency, books] : totals.by_currency()) {
    struct Row {
      const char* name;
      Total total;
    };
    const std::array<Row, 4> rows{{{"read", books.read},
                                   {"loaded", books.loaded},
                                   {"refused", books.refused},
                                   {"pending", books.pending()}}};
    for (const Row& row : rows) {
      if (row.total.count == 0 && std::string_view(row.name) != "read") continue;
      text += "  " + std::string(currency.code()) + "  " + padded_right(row.name, 8) +
              padded_left(with_thousands(row.total.count), 13) +
              padded_left(grouped_sum(row.total.sum), 24) + "\n";
    }
  }
  return text;
}

std::string pace(const Summary& summary) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(summary.counters.busy);
  std::array<char, 32> rate{};
  std::snprintf(rate.data(), rate.size(), "%.0f", summary.records_per_second());
  return "  " + with_thousands(summary.counters.requests) + " requests in " +
         short_duration(seconds) + ", " + rate.data() + " records/s\n  " +
         with_thousands(summary.counters.retries) + " retries, " +
         with_thousands(summary.counters.throttled) + " throttled, " +
         with_thousands(summary.counters.reconciled) + " looked up\n";
}

std::string places(const Tally& tally, const std::filesystem::path& directory, bool csv) {
  const std::string kind = csv ? ".csv" : ".ndjson";
  std::string text = "  results  " + (directory / "outcomes.ndjson").string() + "\n";
  if (tally.refused() > 0) {
    text += "  rejects  " + (directory / ("rejects" + kind)).string() +
            " (mend these and load them again)\n";
  }
  if (tally.unknown > 0) {
    text += "  unknown  " + (directory / ("unknown" + kind)).string() +
            " (look for these in HubSpot first)\n";
  }
  return text;
}

std::string as_sentence(std::string text) {
  if (!text.ends_with('.')) text += '.';
  return text;
}

std::string last_word(const Summary& summary, const std::filesystem::path& directory) {
  if (!summary.books_balance())
    return "The books do not balance: this is a defect of payferry, do not rely on this run.\n";
  if (!summary.stopped.empty()) {
    return as_sentence(summary.stopped) +
           " What has an outcome is safe; go on with:\n  payferry resume " + directory.string() +
           "\n";
  }
  if (!summary.input_broken.empty()) return summary.input_broken + "\n";
  if (summary.tally.refused() + summary.tally.unknown > 0)
    return "Complete; some records are not in HubSpot.\n";
  return "Complete: every record is in HubSpot.\n";
}

}  // namespace

std::string closing_text(const Summary& summary, const std::filesystem::path& run_directory,
                         bool csv) {
  return "\n" + counts(summary.tally) + totals(summary.tally.totals) + pace(summary) +
         places(summary.tally, run_directory, csv) + last_word(summary, run_directory);
}

}  // namespace payferry

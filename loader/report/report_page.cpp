#include "loader/report/report_page.hpp"

#include <array>

#include "loader/report/charts.hpp"
#include "loader/report/closing_parts.hpp"
#include "loader/report/html_text.hpp"
#include "loader/report/plot_frame.hpp"
#include "loader/report/report_numbers.hpp"
#include "loader/report/run_standing.hpp"
#include "loader/report/text_columns.hpp"
#include "model/counted.hpp"

namespace payferry {

namespace {

std::string element(const std::string& tag, const std::string& kind, const std::string& html) {
  const std::string attribute = kind.empty() ? "" : " class=\"" + kind + "\"";
  return "<" + tag + attribute + ">" + html + "</" + tag + ">";
}

std::string section(const std::string& title, const std::string& html) {
  return "<section>\n" + element("h2", "", title) + "\n" + html + "</section>\n";
}

std::string_view tone_name(RunStanding::Tone tone) {
  switch (tone) {
    case RunStanding::Tone::good:
      return "good";
    case RunStanding::Tone::mixed:
      return "mixed";
    case RunStanding::Tone::stopped:
      return "stopped";
    case RunStanding::Tone::bad:
      return "bad";
  }
  return "bad";
}

std::string shown_input(const InputInfo& input) {
  std::string html = input.path == "-" ? "standard input" : html_text(input.path);
  if (input.fingerprint) html += " (" + byte_text(input.fingerprint->size) + ")";
  return html;
}

std::string head(const RunReport& report) {
  std::string html = "<header>\n<p class=\"brand\">payferry <span>run report</span></p>\n<h1>" +
                     html_text(report.summary.run_id) + "</h1>\n<p class=\"inputs\">";
  for (const InputInfo& input : report.manifest.inputs)
    html += element("span", "", shown_input(input)) + " ";
  html += "</p>\n";
  if (report.first_moment) {
    html += "<p class=\"when\">" + moment_text(*report.first_moment) + " to " +
            moment_text(*report.last_moment) + " UTC";
    const std::size_t processes = report.manifest.started.size();
    if (processes > 1) html += ", in " + with_thousands(processes) + " goes";
    html += "</p>\n";
  }
  return html + "</header>\n";
}

std::string command(const std::string& text) {
  return "<pre class=\"command\"><code>" + html_text(text) + "</code></pre>\n";
}

std::string banner(const RunReport& report) {
  const RunStanding standing = standing_of(report);
  std::string html = "<div class=\"banner " + std::string(tone_name(standing.tone)) + "\">" +
                     element("strong", "", html_text(standing.title)) +
                     element("p", "", html_text(standing.text));
  if (!standing.command.empty()) html += command(standing.command);
  if (report.unreadable_lines > 0) {
    html += element("p", "",
                    counted(report.unreadable_lines, "line") +
                        " of the logs cannot be read: restore them from a copy.");
  }
  return html + "</div>\n";
}

std::string tile(const std::string& name, const std::string& value, const std::string& note) {
  return "<div class=\"tile\">" + element("span", "name", name) + element("b", "", value) +
         element("span", "note", note) + "</div>\n";
}

std::string tiles(const RunReport& report) {
  const Summary& summary = report.summary;
  const Tally& tally = summary.tally;
  const Counters& counters = summary.counters;
  std::string html = "<div class=\"tiles\">\n";
  html +=
      tile("Read", with_thousands(tally.records), "source " + word_for(tally.records, "record"));
  html += tile("In HubSpot", with_thousands(tally.loaded()),
               share_text(tally.loaded(), tally.records) + " of them");
  html += tile("Not in HubSpot", with_thousands(tally.refused() + tally.unknown),
               with_thousands(tally.pending()) + " pending");
  html += tile("Time at work", latency_text(counters.busy),
               axis_number(summary.records_per_second()) + " records/s");
  html += tile("Requests", with_thousands(counters.requests),
               counted(counters.retries, "retry", "retries"));
  html += tile("Throttled", with_thousands(counters.throttled), "HTTP 429");
  html += tile("Looked up", with_thousands(counters.reconciled), "were in doubt");
  return html + "</div>\n";
}

struct StatusRow {
  std::string name;
  std::uint64_t count = 0;
  const char* meaning = "";
};

std::array<StatusRow, 7> status_rows(const Tally& tally) {
  return {{{"created", tally.created, "made by this run"},
           {"updated", tally.updated, "changed by this run"},
           {"existing", tally.existing, "were in HubSpot before"},
           {"invalid", tally.invalid, "refused by payferry, not sent"},
           {"rejected", tally.rejected, "refused by HubSpot, or twice in the source"},
           {"unknown", tally.unknown, "sent; HubSpot may have them or not"},
           {"pending", tally.pending(), "not final yet"}}};
}

std::string share_width(std::uint64_t part, std::uint64_t whole) {
  return coordinate(100 * static_cast<double>(part) / static_cast<double>(whole));
}

/// One bar for all records, and a line for each part of it.
std::string statuses(const RunReport& report) {
  const Tally& tally = report.summary.tally;
  if (tally.records == 0) return element("p", "quiet", "The source held no records.");
  std::string bar = "<div class=\"bar\" aria-hidden=\"true\">";
  std::string rows = "<table class=\"statuses\"><tbody>\n";
  for (const StatusRow& row : status_rows(tally)) {
    if (row.count == 0) continue;
    bar += "<i class=\"" + row.name + "\" style=\"width:" + share_width(row.count, tally.records) +
           "%\"></i>";
    rows += "<tr>" + element("th", "", "<i class=\"" + row.name + "\"></i>" + row.name) +
            element("td", "number", with_thousands(row.count)) +
            element("td", "number quiet", share_text(row.count, tally.records)) +
            element("td", "quiet meaning", row.meaning) + "</tr>\n";
  }
  return bar + "</div>\n" + rows + "</tbody></table>\n";
}

/// With as many decimals as the currency's other sums.
std::string total_cell(const std::string& name, const Total& total, const Total& read) {
  const Decimal sum = total.sum + Decimal(0, read.sum.scale());
  return "<td data-name=\"" + name + "\"><b>" + grouped_sum(sum) + "</b><span>" +
         with_thousands(total.count) + "</span></td>";
}

std::string balance_cell(const CurrencyTotals& books) {
  const Total settled = books.loaded + books.refused;
  const bool balances = settled + books.pending() == books.read;
  return balances ? "<td class=\"balance good\">\u2713 balances</td>"
                  : "<td class=\"balance bad\">\u2717 off</td>";
}

std::string books_table(const ControlTotals& totals) {
  std::string html =
      "<table class=\"books\"><thead><tr><th></th><th>read</th><th>= loaded</th><th>+ refused</th>"
      "<th>+ pending</th><th></th></tr></thead><tbody>\n";
  for (const auto& [currency, books] : totals.by_currency()) {
    html += "<tr><th>" + std::string(currency.code()) + "</th>" +
            total_cell("read", books.read, books.read) +
            total_cell("= loaded", books.loaded, books.read) +
            total_cell("+ refused", books.refused, books.read) +
            total_cell("+ pending", books.pending(), books.read) + balance_cell(books) + "</tr>\n";
  }
  html += "</tbody></table>\n";
  const std::string note = no_currency_note(totals);
  if (!note.empty()) html += element("p", "quiet", as_sentence(note)) + "\n";
  return html;
}

std::string books(const RunReport& report) {
  const ControlTotals& totals = report.summary.tally.totals;
  std::string note = "Exact sums of the amounts, and the number of records below each.";
  if (report.summary.books_before) {
    note = "Of " + first_records(report.summary.records_in_books()) +
           ". The ones behind them are counted when the run goes on.";
  }
  if (totals.by_currency().empty()) note = "Nothing is in the books yet.";
  std::string html = element("p", "quiet", note) + "\n";
  if (!totals.by_currency().empty()) html += books_table(totals);
  return section("Control totals", html);
}

std::string legend(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string html = "<p class=\"legend\">";
  for (const auto& [kind, name] : entries)
    html += "<span><i class=\"" + kind + "\"></i>" + name + "</span> ";
  return html + "</p>\n";
}

std::string outcomes_section(const RunReport& report) {
  std::vector<std::pair<std::string, std::string>> entries;
  for (const StatusRow& row : status_rows(report.summary.tally))
    if (row.count > 0 && row.name != "pending") entries.emplace_back(row.name, row.name);
  std::string html = element("p", "quiet", "Records a second.") + outcomes_chart(report.timeline);
  if (report.summary.tally.refused() + report.summary.tally.unknown > 0) {
    html += element("p", "quiet", "Of these, not in HubSpot:") + refused_chart(report.timeline);
  }
  return section("Outcomes over time", html + legend(entries));
}

std::string requests_section(const RunReport& report) {
  std::string note = "Batches sent, a second.";
  std::vector<std::pair<std::string, std::string>> entries{{"requests", "batches sent"}};
  if (report.quota) {
    const std::string window = latency_text(report.quota->window);
    note = "Batches sent in the rolling window of " + window + ", against the quota of " +
           with_thousands(report.quota->requests) +
           ". Look-ups use the same quota and are not drawn.";
    entries.emplace_back("limit", "quota");
  }
  if (report.answers.contains(429))
    entries.emplace_back("mark throttled", "below: throttled (429)");
  entries.emplace_back("mark rejected", "below: no answer, or a server's error");
  return section("Throughput against quota", element("p", "quiet", note) +
                                                 requests_chart(report.timeline, report.quota) +
                                                 legend(entries));
}

std::string latency_section(const RunReport& report) {
  const LatencyHistogram& latency = report.latency;
  if (latency.count() == 0) return "";
  std::string html =
      element("p", "quiet",
              "From the note of a batch's intent to HubSpot's answer, of " +
                  counted(latency.count(), "answered batch", "answered batches") + ".") +
      "\n<div class=\"tiles small\">\n";
  html += tile("p50", latency_text(latency.percentile(0.5)), "half of them");
  html += tile("p90", latency_text(latency.percentile(0.9)), "9 of 10");
  html += tile("p99", latency_text(latency.percentile(0.99)), "99 of 100");
  html += tile("longest", latency_text(latency.longest()), "of all");
  return section("Latency", html + "</div>\n" + latency_chart(latency));
}

std::string answer_meaning(int http) {
  switch (http) {
    case 200:
    case 201:
      return "done";
    case 207:
      return "done, but for some records";
    case 400:
      return "refused whole: the record at fault was looked for";
    case 401:
      return "the token was refused";
    case 403:
      return "a scope is missing";
    case 409:
      return "a unique value is held already";
    case 423:
      return "locked: tried again";
    case 429:
      return "throttled: waited, and sent again";
    case 477:
      return "the account moves: waited";
    default:
      return http >= 500 ? "server fault: looked up or sent again" : "";
  }
}

std::string answers_section(const RunReport& report) {
  if (report.answers.empty() && report.failures.empty()) return "";
  std::string html = "<table class=\"answers\"><tbody>\n";
  for (const auto& [http, count] : report.answers) {
    html += "<tr>" + element("th", "", "HTTP " + std::to_string(http)) +
            element("td", "number", with_thousands(count)) +
            element("td", "quiet", answer_meaning(http)) + "</tr>\n";
  }
  for (const auto& [failure, count] : report.failures) {
    html += "<tr>" + element("th", "", "no answer") +
            element("td", "number", with_thousands(count)) +
            element("td", "quiet", html_text(failure)) + "</tr>\n";
  }
  return section("What HubSpot answered", html + "</tbody></table>\n");
}

std::string example_row(const CauseExample& example) {
  const std::string file = example.file.empty() ? "" : html_text(example.file) + " ";
  return "<tr>" +
         element("td", file.empty() ? "line" : "line of-file",
                 file + "line " + std::to_string(example.line.value())) +
         element("td", "key", html_text(example.key)) +
         element("td", "", html_text(example.message)) + "</tr>\n";
}

std::string cause_tags(const Cause& cause) {
  std::string html = element("span", "tag " + std::string(to_string(cause.status)),
                             std::string(to_string(cause.status)));
  const std::string& code = cause.code.empty() ? cause.category : cause.code;
  if (!code.empty()) html += element("span", "tag", html_text(code));
  if (!cause.property.empty()) html += element("span", "tag", html_text(cause.property));
  if (!cause.column.empty()) html += element("span", "tag", "column " + html_text(cause.column));
  return html;
}

std::string cause_card(const Cause& cause, const MendingPlace& place) {
  const Remedy remedy = remedy_for(cause, place);
  std::string html = "<article class=\"cause\">\n<h3>" +
                     element("span", "count", with_thousands(cause.count)) +
                     html_text(remedy.title) + "</h3>\n<p class=\"tags\">" + cause_tags(cause) +
                     "</p>\n<table class=\"examples\"><tbody>\n";
  for (const CauseExample& example : cause.examples) html += example_row(example);
  html += "</tbody></table>\n" + element("p", "advice", html_text(remedy.advice)) + "\n" +
          command(remedy.command);
  if (cause.count > cause.examples.size()) {
    html += "<details><summary>All " + with_thousands(cause.count) + " of them</summary>" +
            command(remedy.listing) + "</details>\n";
  }
  return html + "</article>\n";
}

std::string causes_section(const RunReport& report) {
  if (report.causes.empty()) return "";
  std::string html;
  for (const Cause& cause : report.causes) html += cause_card(cause, report.place);
  if (report.records_of_other_causes > 0) {
    html += element("p", "quiet",
                    counted(report.records_of_other_causes, "record") +
                        " for other reasons, one by one in outcomes.ndjson.");
  }
  return section("Not in HubSpot, by cause", html);
}

std::string foot(const RunReport& report) {
  const std::string directory = html_text(report.place.run_directory.string());
  return "<footer><p>Every record has its line in <code>" + directory +
         "/outcomes.ndjson</code>. Card numbers are masked; keys and messages come from your data, "
         "so treat this page like the payments themselves.</p><p>payferry " +
         html_text(report.manifest.version) + "</p></footer>\n";
}

}  // namespace

std::string report_page(const RunReport& report) {
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>payferry " +
      html_text(report.summary.run_id) + "</title>\n<style>\n";
  html += report_style();
  html += "</style>\n</head>\n<body>\n<main>\n" + head(report) + banner(report) + tiles(report) +
          section("Records", statuses(report)) + books(report);
  if (!report.timeline.stretches.empty()) html += outcomes_section(report);
  if (report.latency.count() > 0 || !report.failures.empty()) html += requests_section(report);
  html += latency_section(report) + answers_section(report) + causes_section(report) +
          foot(report) + "</main>\n</body>\n</html>\n";
  return html;
}

}  // namespace payferry

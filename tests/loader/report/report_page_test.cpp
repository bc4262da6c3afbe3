#include "loader/report/report_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <vector>

#include "loader/report/sample_run.hpp"

namespace payferry {
namespace {

using test::SampleRun;
using test::second;
using testing::HasSubstr;
using testing::Not;

std::string page_of(SampleRun& run, bool with_summary = true) {
  run.write(with_summary);
  return report_page(*read_report(run.path()));
}

/// Every element is closed by its own name.
void expect_well_formed(const std::string& html) {
  static const std::regex kTag("<(/?)([a-z0-9]+)([^>]*)>");
  std::vector<std::string> open;
  for (std::sregex_iterator tag(html.begin(), html.end(), kTag), end; tag != end; ++tag) {
    const std::string name = (*tag)[2];
    if (name == "meta" || (*tag)[3].str().ends_with("/")) continue;
    if ((*tag)[1].length() == 0) {
      open.push_back(name);
      continue;
    }
    ASSERT_FALSE(open.empty()) << tag->str();
    ASSERT_EQ(open.back(), name);
    open.pop_back();
  }
  EXPECT_TRUE(open.empty());
}

TEST(ReportPage, ShowsTheNumbersOfTheSummary) {
  SampleRun run;
  fill(run);
  const std::string page = page_of(run);
  EXPECT_THAT(page, HasSubstr("<span class=\"name\">Read</span><b>8</b>"));
  EXPECT_THAT(page, HasSubstr("<td data-name=\"read\"><b>12.00</b><span>8</span></td>"
                              "<td data-name=\"= loaded\"><b>7.50</b><span>5</span></td>"
                              "<td data-name=\"+ refused\"><b>4.50</b><span>3</span></td>"
                              "<td data-name=\"+ pending\"><b>0.00</b><span>0</span></td>"
                              "<td class=\"balance good\">"));
  EXPECT_THAT(page, HasSubstr("payferry load -c /home/ann/payments.toml"));
  expect_well_formed(page);
}

TEST(ReportPage, TheCodeOfNoCurrencyIsExplained) {
  SampleRun run;
  fill(run);
  EXPECT_THAT(page_of(run), Not(HasSubstr("XXX")));
  run.summary().tally.totals.count_read(Currency(), Decimal(1, 0));
  const std::string page = page_of(run);
  EXPECT_THAT(page, HasSubstr("<p class=\"quiet\">XXX: no currency given.</p>"));
  expect_well_formed(page);
}

TEST(ReportPage, WhatComesFromDataIsText) {
  SampleRun run;
  fill(run);
  run.manifest().inputs[0].path = "/data/<img src=x>.csv";
  const std::string page = page_of(run);
  EXPECT_THAT(page, HasSubstr("&lt;b&gt;paid&lt;/b&gt; &amp; &quot;more&quot; is no option"));
  EXPECT_THAT(page, Not(HasSubstr("<b>paid")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
}

TEST(ReportPage, NeedsNoNetworkAndNoScript) {
  SampleRun run;
  fill(run);
  const std::string page = page_of(run);
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  for (const char* word : {"http://", "https://", "<script", "url(", "@import", "src=", "href="})
    EXPECT_THAT(page, Not(HasSubstr(word))) << word;
}

TEST(ReportPage, BooksThatAreOffAreShownSo) {
  SampleRun run;
  fill(run);
  run.summary().tally.totals.by_currency().begin()->second.loaded.count += 9;
  const std::string page = page_of(run);
  EXPECT_THAT(page, HasSubstr("The books do not balance"));
  EXPECT_THAT(page, HasSubstr("<td class=\"balance bad\">"));
}

TEST(ReportPage, OfARunWithoutAnythingStands) {
  SampleRun run;
  expect_well_formed(page_of(run, false));
}

TEST(ReportPage, StaysSmallWhateverTheRun) {
  SampleRun run;
  for (std::uint64_t i = 1; i <= 20'000; ++i) {
    run.send(i, i, i, 201, second(static_cast<int>(i)));
    run.settle(i, OutcomeStatus::rejected, second(static_cast<int>(i)),
               SampleRun::refusal("CODE" + std::to_string(i % 500), "p", "c",
                                  std::string(2000, 'x') + std::to_string(i)));
  }
  EXPECT_LT(page_of(run).size(), 400'000U);
}

}  // namespace
}  // namespace payferry

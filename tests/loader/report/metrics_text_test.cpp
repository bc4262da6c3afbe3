#include "loader/report/metrics_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace payferry {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

RunMetrics sample() {
  RunMetrics metrics;
  metrics.import = "night";
  metrics.version = "0.1.0";
  const Currency pounds = Currency::parse("GBP").value();
  metrics.tally.count_read(pounds, Decimal(424'242, 2));
  metrics.tally.count_outcome(pounds, Decimal(424'242, 2), OutcomeStatus::created);
  metrics.tally.count_read(pounds, Decimal(1, 2));
  metrics.counters = {9, 8, 7, 6, milliseconds(1500)};
  metrics.durations.add(milliseconds(30));
  metrics.durations.add(milliseconds(100));
  metrics.durations.add(milliseconds(999'000));
  metrics.daily_remaining = 500;
  metrics.input_bytes = 1000;
  metrics.exit_code = 0;
  return metrics;
}

TEST(MetricsText, CountsWhatTheRunDid) {
  const std::string text = metrics_text(sample());
  EXPECT_THAT(text, HasSubstr("payferry_records_total{import=\"night\",status=\"created\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("payferry_records_read_total{import=\"night\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("payferry_records_pending{import=\"night\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("payferry_busy_seconds{import=\"night\"} 1.5\n"));
  EXPECT_THAT(text, HasSubstr("payferry_running{import=\"night\"} 0\n"));
}

TEST(MetricsText, BucketsOfAHistogramAreCumulative) {
  const std::string text = metrics_text(sample());
  const std::string name = "payferry_request_duration_seconds";
  EXPECT_THAT(text, HasSubstr(name + "_bucket{import=\"night\",le=\"0.025\"} 0\n"));
  EXPECT_THAT(text, HasSubstr(name + "_bucket{import=\"night\",le=\"0.1\"} 2\n"));
  EXPECT_THAT(text, HasSubstr(name + "_bucket{import=\"night\",le=\"120\"} 2\n"));
  EXPECT_THAT(text, HasSubstr(name + "_bucket{import=\"night\",le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr(name + "_sum{import=\"night\"} 999.13\n"));
  EXPECT_THAT(text, HasSubstr(name + "_count{import=\"night\"} 3\n"));
}

TEST(MetricsText, KeepsToTheFormat) {
  static const std::regex kHelp("# HELP ([a-z_]+) [A-Z0-9].*\\.");
  static const std::regex kType("# TYPE ([a-z_]+) (counter|gauge|histogram)");
  static const std::regex kSample(
      R"re(([a-z_]+)\{import="night"(,[a-z]+="[^"]*")*\} -?[0-9.e+]+)re");
  std::istringstream lines(metrics_text(sample()));
  std::map<std::string, std::string> types;
  std::string helped;
  std::set<std::string> series;
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, kHelp)) {
      helped = match[1];
    } else if (std::regex_match(line, match, kType)) {
      EXPECT_EQ(match[1], helped);
      EXPECT_TRUE(types.emplace(match[1], match[2]).second) << line;
      EXPECT_EQ(match[2] == "counter", helped.ends_with("_total")) << line;
    } else {
      ASSERT_TRUE(std::regex_match(line, match, kSample)) << line;
      EXPECT_TRUE(match[1].str().starts_with(helped)) << line;
      EXPECT_TRUE(series.insert(line.substr(0, line.rfind(' '))).second) << line;
    }
  }
  EXPECT_GT(types.size(), 20U);
}

TEST(MetricsText, DashboardAndAlertsAskForWhatThereIs) {
  static const std::regex kName("payferry_[a-z_]+");
  const std::string text = metrics_text(sample());
  for (const char* file : {"config/grafana/payferry.json", "config/grafana/alerts.yml"}) {
    std::ostringstream content;
    content << std::ifstream(std::string(PAYFERRY_SOURCE_DIR) + "/" + file).rdbuf();
    const std::string asks = content.str();
    std::size_t names = 0;
    for (std::sregex_iterator at(asks.begin(), asks.end(), kName), end; at != end; ++at, ++names)
      EXPECT_THAT(text, HasSubstr("\n" + at->str() + "{")) << file;
    EXPECT_GT(names, 4U) << file;
  }
}

TEST(MetricsText, WhatIsNotKnownIsLeftOut) {
  const std::string text = metrics_text(RunMetrics());
  EXPECT_THAT(text, Not(HasSubstr("daily")));
  EXPECT_THAT(text, Not(HasSubstr("exit_code")));
  EXPECT_THAT(text, HasSubstr("payferry_running{import=\"\"} 1\n"));
}

TEST(MetricsText, HoldsNoAmount) {
  EXPECT_THAT(metrics_text(sample()), Not(HasSubstr("4242")));
}

TEST(MetricsText, LabelsAreEscaped) {
  RunMetrics metrics = sample();
  metrics.import = "a\"b\\c\nd";
  EXPECT_THAT(metrics_text(metrics), HasSubstr("{import=\"a\\\"b\\\\c\\nd\"}"));
}

}  // namespace
}  // namespace payferry

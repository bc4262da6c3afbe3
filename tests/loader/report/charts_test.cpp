#include "loader/report/charts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/report/sample_run.hpp"

namespace payferry {
namespace {

using test::second;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

/// 100 records and 10 requests a second, for four seconds.
Timeline steady() {
  Timeline timeline;
  timeline.width = 1s;
  ActivityBin bin;
  bin.of(OutcomeStatus::created) = 99;
  bin.of(OutcomeStatus::rejected) = 1;
  bin.requests = 10;
  timeline.stretches.push_back({second(0), std::vector<ActivityBin>(4, bin)});
  return timeline;
}

TEST(Charts, OutcomesStandOnTopOfEachOther) {
  const std::string html = outcomes_chart(steady());
  EXPECT_THAT(html, HasSubstr(R"(<path class="created" d="M0,100H0V1H1000V100Z"/>)"));
  EXPECT_THAT(html, HasSubstr(R"(<path class="rejected" d="M0,100H0V0H1000V100Z"/>)"));
  EXPECT_THAT(html, HasSubstr("10:00:01 to 10:00:02: 99 created, 1 rejected"));
}

TEST(Charts, RequestsAreSummedOverTheWindow) {
  const std::string html = requests_chart(steady(), QuotaFacts{50, 2s});
  EXPECT_THAT(html, HasSubstr(R"(<path class="requests" d="M0,100H0V90H250V80H1000V100Z"/>)"));
  EXPECT_THAT(html, HasSubstr(R"(<path class="limit" d="M0,50H1000"/>)"));
}

TEST(Charts, AWindowNarrowerThanABinIsAMean) {
  const std::string html = requests_chart(steady(), QuotaFacts{5, 500ms});
  EXPECT_THAT(html, HasSubstr(R"(<path class="requests" d="M0,100H0V50H1000V100Z"/>)"));
}

TEST(Charts, WithoutAQuotaThereIsNoLine) {
  EXPECT_THAT(requests_chart(steady(), std::nullopt), Not(HasSubstr("limit")));
}

TEST(Charts, APauseIsAGap) {
  Timeline timeline = steady();
  timeline.stretches.push_back(timeline.stretches[0]);
  timeline.stretches[1].begin = second(1000);
  const std::string html = outcomes_chart(timeline);
  EXPECT_THAT(html, HasSubstr("H285.7V100ZM714.3,100H714.3V1"));
  EXPECT_THAT(html, HasSubstr("paused 16m 36s"));
}

TEST(Charts, EveryLatencyIsInABar) {
  LatencyHistogram latency;
  EXPECT_EQ(latency_chart(latency), "");
  for (int i = 1; i < 5000; ++i) latency.add(std::chrono::milliseconds(i));
  const std::string html = latency_chart(latency);
  EXPECT_THAT(html, HasSubstr("p99"));
  EXPECT_LT(html.size(), 20'000U);
}

}  // namespace
}  // namespace payferry

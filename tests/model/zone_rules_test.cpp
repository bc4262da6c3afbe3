#include "model/zone_rules.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

/// "when abbreviation offset-in-seconds" of every change in that year.
std::vector<std::string> changes(std::string_view rules, int year) {
  const auto parsed = ZoneRules::parse(rules);
  if (!parsed) return {"not understood"};
  std::vector<std::string> texts;
  for (const ZoneRules::Change& change : parsed->changes_in(std::chrono::year(year))) {
    texts.push_back(to_iso8601(change.at).substr(0, 19) + ' ' + std::string(change.abbreviation) +
                    ' ' + std::to_string(change.offset.count()));
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(ZoneRules, HaveNoChangesWithoutSummerTime) {
  for (const char* text : {"", "UTC0", "IST-5:30", "<+0330>-3:30", "<-00>0", "HST10"})
    EXPECT_EQ(changes(text, 2038), Texts()) << text;
}

TEST(ZoneRules, NameAWeekdayOfAMonth) {
  EXPECT_EQ(changes("GMT0BST,M3.5.0/1,M10.5.0", 2038),
            (Texts{"2038-03-28T01:00:00 BST 3600", "2038-10-31T01:00:00 GMT 0"}));
  EXPECT_EQ(changes("EST5EDT,M3.2.0,M11.1.0", 2024),
            (Texts{"2024-03-10T07:00:00 EDT -14400", "2024-11-03T06:00:00 EST -18000"}));
}

TEST(ZoneRules, StandInTheOrderOfTheYearSouthOfTheEquator) {
  EXPECT_EQ(changes("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 2038),
            (Texts{"2038-04-03T15:00:00 +1030 37800", "2038-10-02T15:30:00 +11 39600"}));
}

TEST(ZoneRules, MaySetTheClockBackForWinter) {
  EXPECT_EQ(changes("IST-1GMT0,M10.5.0,M3.5.0/1", 2038),
            (Texts{"2038-03-28T01:00:00 IST 3600", "2038-10-31T01:00:00 GMT 0"}));
}

TEST(ZoneRules, TakeTimesOutsideOfTheDay) {
  EXPECT_EQ(changes("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2038),
            (Texts{"2038-03-28T01:00:00 -01 -3600", "2038-10-31T01:00:00 -02 -7200"}));
  EXPECT_EQ(changes("EET-2EEST,M3.4.4/50,M10.4.4/50", 2038),
            (Texts{"2038-03-27T00:00:00 EEST 10800", "2038-10-29T23:00:00 EET 7200"}));
  EXPECT_EQ(changes("<-03>3<-02>,M3.5.0/-167:59:58,M10.5.0/167", 2038).front(),
            "2038-03-21T03:00:02 -02 -7200");
  EXPECT_EQ(changes("<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45", 2038),
            (Texts{"2038-04-03T14:00:00 +1245 45900", "2038-09-25T14:00:00 +1345 49500"}));
}

TEST(ZoneRules, NameADayOfTheYearThatLeapYearsDoNotMove) {
  EXPECT_EQ(changes("AAA0BBB,J59/0,J60/0", 2023),
            (Texts{"2023-02-28T00:00:00 BBB 3600", "2023-02-28T23:00:00 AAA 0"}));
  EXPECT_EQ(changes("AAA0BBB,J59/0,J60/0", 2024),
            (Texts{"2024-02-28T00:00:00 BBB 3600", "2024-02-29T23:00:00 AAA 0"}));
  EXPECT_EQ(changes("AAA0BBB,J1/0,J365/0", 2024).back(), "2024-12-30T23:00:00 AAA 0");
}

TEST(ZoneRules, NameADayOfTheYearThatLeapYearsMove) {
  EXPECT_EQ(changes("AAA0BBB,58/0,59/0", 2023),
            (Texts{"2023-02-28T00:00:00 BBB 3600", "2023-02-28T23:00:00 AAA 0"}));
  EXPECT_EQ(changes("AAA0BBB,58/0,59/0", 2024),
            (Texts{"2024-02-28T00:00:00 BBB 3600", "2024-02-28T23:00:00 AAA 0"}));
  EXPECT_EQ(changes("AAA0BBB,0/0,365/0", 2024).back(), "2024-12-30T23:00:00 AAA 0");
}

TEST(ZoneRules, AreNotGuessed) {
  for (const char* text : {"GMT",
                           "0",
                           "G0",
                           "<GMT0",
                           "GMT0BST",
                           "GMT0BST,M3.5.0",
                           "GMT0BST,M3.5.0/1,M10.5.0x",
                           "GMT0BST,M13.5.0,M10.5.0",
                           "GMT0BST,M0.5.0,M10.5.0",
                           "GMT0BST,M3.6.0,M10.5.0",
                           "GMT0BST,M3.0.0,M10.5.0",
                           "GMT0BST,M3.5.7,M10.5.0",
                           "GMT0BST,J0,J365",
                           "GMT0BST,J1,J366",
                           "GMT0BST,0,366",
                           "GMT0BST,M3.5.0/168,M10.5.0",
                           "GMT0BST,M3.5.0/1:60,M10.5.0",
                           "GMT26",
                           "GMT0:60",
                           "GMT0BST;M3.5.0/1;M10.5.0",
                           "GMT0 "}) {
    EXPECT_EQ(changes(text, 2038), Texts{"not understood"}) << text;
  }
}

}  // namespace
}  // namespace payferry

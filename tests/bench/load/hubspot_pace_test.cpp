#include "bench/load/hubspot_pace.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "bench/harness/scratch_folder.hpp"
#include "loader/run/attempt_line.hpp"

namespace payferry::bench {
namespace {

using namespace std::chrono_literals;

constexpr HubSpotPace kPace{4, 10s};

std::vector<Instant> at(std::vector<int> seconds) {
  std::vector<Instant> sends;
  for (const int second : seconds) sends.emplace_back(std::chrono::seconds(1'000'000 + second));
  return sends;
}

TEST(HubSpotPace, IsAllUsedWhenEveryWindowIsFull) {
  EXPECT_DOUBLE_EQ(kPace.used_percent(at({0, 0, 5, 9, 10, 12, 13, 14, 20})), 100);
}

TEST(HubSpotPace, CountsOnlyWindowsThatPassedWhole) {
  EXPECT_DOUBLE_EQ(kPace.used_percent(at({0, 9, 10, 19, 20, 20, 20, 20})), 50);
}

TEST(HubSpotPace, DoesNotDependOnTheOrder) {
  EXPECT_DOUBLE_EQ(kPace.used_percent(at({10, 3, 0, 2, 1})), 100);
}

TEST(HubSpotPace, SaysNothingOfLessThanAWindow) {
  EXPECT_EQ(kPace.used_percent({}), 0);
  EXPECT_EQ(kPace.used_percent(at({0, 1, 9})), 0);
}

TEST(ReadSends, FindsTheMomentsOfTheSendsAlone) {
  std::string journal;
  SendLine send;
  send.records = {{RecordNumber(1), RecordNumber(2)}};
  send.at = Instant(5s);
  append_line(journal, send);
  append_line(journal, AnswerLine{});
  send.at = Instant(7s);
  append_line(journal, send);
  const ScratchFolder folder;
  EXPECT_EQ(read_sends(folder.write("attempts.ndjson", journal)),
            (std::vector<Instant>{Instant(5s), Instant(7s)}));
  EXPECT_THROW(read_sends(folder.file("missing")), std::runtime_error);
}

}  // namespace
}  // namespace payferry::bench

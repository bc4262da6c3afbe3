#include "loader/report/progress_line.hpp"

#include <cmath>
#include <cstdio>
#include <vector>

#include "model/counted.hpp"

namespace payferry {

namespace {

std::string percent(double share) {
  return std::to_string(static_cast<int>(std::floor(share * 100))) + "%";
}

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string whole(double number) {
  return with_thousands(static_cast<std::uint64_t>(std::llround(number)));
}

/// In the order in which they are shown; the last ones are left out first.
std::vector<std::string> parts_of(const ProgressFacts& facts) {
  std::vector<std::string> parts;
  std::string done = counted(facts.settled, "record");
  if (facts.share_read) done += " (" + percent(*facts.share_read) + ")";
  parts.push_back(done);
  if (facts.stopping) parts.emplace_back("stopping");
  if (facts.waits_for_day)
    parts.push_back("day's requests used, waits until " + to_the_minute(*facts.waits_for_day));
  if (facts.waiting_for_hubspot) parts.emplace_back("HubSpot fails, trying again");
  if (facts.waiting_to_ask) {
    parts.emplace_back(facts.waiting_for_keys ? "waiting until an unanswered request must be over"
                                              : "waiting before HubSpot is asked again");
  }
  parts.push_back(whole(facts.rate_now) + "/s");
  if (facts.time_left && !facts.waiting_to_ask && !facts.waits_for_day)
    parts.push_back(short_duration(*facts.time_left) + " left");
  parts.push_back("quota " + percent(facts.quota_share));
  parts.push_back(std::to_string(facts.in_flight) + " in flight");
  if (facts.refused > 0) parts.push_back(with_thousands(facts.refused) + " refused");
  if (facts.retries > 0) parts.push_back(counted(facts.retries, "retry", "retries"));
  if (facts.throttled > 0) parts.push_back(with_thousands(facts.throttled) + " throttled");
  parts.push_back("mean " + whole(facts.rate_mean) + "/s");
  return parts;
}

}  // namespace

std::string to_the_minute(Instant moment) {
  std::string text = to_iso8601(moment).substr(0, 16);
  text[10] = ' ';
  return text + " UTC";
}

std::string short_duration(std::chrono::seconds duration) {
  const std::int64_t seconds = duration.count();
  if (seconds < 60) return std::to_string(seconds) + "s";
  if (seconds < 3600) return std::to_string(seconds / 60) + "m " + two_digits(seconds % 60) + "s";
  return std::to_string(seconds / 3600) + "h " + two_digits(seconds / 60 % 60) + "m";
}

std::string joined_within(const std::vector<std::string>& parts, std::size_t width) {
  std::string line;
  for (const std::string& part : parts) {
    const std::string next = line.empty() ? part : ", " + part;
    if (line.size() + next.size() > width) break;
    line += next;
  }
  return line;
}

std::string progress_line(const ProgressFacts& facts, std::size_t width) {
  return joined_within(parts_of(facts), width);
}

}  // namespace payferry

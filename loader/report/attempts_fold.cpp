#include "loader/report/attempts_fold.hpp"

#include <algorithm>
#include <regex>

#include "loader/run/line_file.hpp"
#include "model/clean_text.hpp"

namespace payferry {

namespace {

constexpr std::size_t kMostFailures = 20;
constexpr std::size_t kMostFailureBytes = 160;
/// Far more than can be under way at once: what a crash left unanswered goes.
constexpr std::size_t kMostUnderWay = 10'000;
constexpr int kTooManyRequests = 429;

bool is_fault(const AnswerLine& line) {
  return line.http == 0 || line.http == 423 || line.http >= 477;
}

/// "after 13420 bytes" differs with each answer that broke off.
std::string without_sizes(const std::string& failure) {
  static const std::regex kSize("after [0-9]+ bytes");
  return std::regex_replace(failure, kSize, "after some bytes");
}

}  // namespace

void AttemptsFold::read(const std::filesystem::path& attempts) {
  read_lines(attempts, 0, [this](std::string_view line, std::uint64_t) { take(line); });
}

void AttemptsFold::take(std::string_view text) {
  auto line = parse_attempt_line(text);
  if (!line) {
    ++unreadable_;
    return;
  }
  counted_.take(*line);
  if (const auto* send = std::get_if<SendLine>(&*line)) {
    take(*send);
  } else if (const auto* answer = std::get_if<AnswerLine>(&*line)) {
    take(*answer);
  } else if (auto* checkpoint = std::get_if<CheckpointLine>(&*line)) {
    checkpoint_ = std::move(*checkpoint);
    last_record_ = std::max(last_record_, checkpoint_.next.previous());
  }
}

void AttemptsFold::take(const SendLine& line) {
  ++activity_.at(line.at).requests;
  for (const RecordRange& range : line.records) last_record_ = std::max(last_record_, range.last);
  if (under_way_.size() >= kMostUnderWay) under_way_.clear();
  under_way_[line.batch] = line.at;
}

void AttemptsFold::take(const AnswerLine& line) {
  if (line.http == kTooManyRequests) {
    ++activity_.at(line.at).throttled;
  } else if (is_fault(line)) {
    ++activity_.at(line.at).faults;
  }
  if (line.http != 0) {
    ++answers_[line.http];
  } else {
    count_failure(line.failure);
  }
  const auto sent = under_way_.find(line.batch);
  if (sent == under_way_.end()) return;
  if (line.http != 0) latency_.add(line.at - sent->second);
  under_way_.erase(sent);
}

void AttemptsFold::count_failure(const std::string& failure) {
  std::string name = without_sizes(clean_text(failure, kMostFailureBytes));
  if (failures_.size() >= kMostFailures && !failures_.contains(name)) name = "other";
  ++failures_[name];
}

}  // namespace payferry

#pragma once

#include <gtest/gtest.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "loader/delivery/batch_source.hpp"
#include "loader/delivery/batches.hpp"
#include "loader/delivery/delivery_context.hpp"
#include "loader/delivery/pipeline.hpp"
#include "loader/run/disk_failure.hpp"
#include "loader/run/durable_log.hpp"
#include "support/virtual_time.hpp"

namespace payferry::test {

/// Keeps lines in memory; durable at once, or failing from a commit on. Searches find `creator` of
/// every record, or go on for ever.
class MemoryLog final : public DurableLog {
 public:
  explicit MemoryLog(boost::asio::any_io_executor executor) : never_(std::move(executor)) {}

  std::string& buffer(LogFile file) override { return text(file); }
  std::uint64_t size(LogFile file) const override {
    return texts_[static_cast<std::size_t>(file)].size();
  }
  boost::asio::awaitable<void> commit() override {
    if (++commits_ >= fails_from) throw DiskFailure("the disk is full");
    co_return;
  }
  boost::asio::awaitable<std::vector<RecordNumber>> find_creators(
      std::vector<std::string> ids) override {
    ++searches;
    while (searches_are_endless) co_await never_.wait();
    co_return std::vector<RecordNumber>(ids.size(), creator);
  }

  std::string& text(LogFile file) { return texts_[static_cast<std::size_t>(file)]; }

  std::size_t fails_from = SIZE_MAX;  ///< this commit, counted from 1, and all later ones
  bool searches_are_endless = false;
  std::size_t searches = 0;  ///< that were begun
  RecordNumber creator;      ///< none

 private:
  Event never_;
  std::array<std::string, kLogFileCount> texts_;
  std::size_t commits_ = 0;
};

/// Answers by script in virtual time: every record of every batch is created, unless `answer` says
/// otherwise.
class ScriptedHubSpot final : public HubSpotApi {
 public:
  explicit ScriptedHubSpot(Time& time) : time_(time) {}

  boost::asio::awaitable<Answer> call(const ApiCall& call, SendListener& listener) override {
    listener.sent({});
    const std::string body(call.body);
    bodies.push_back(body);
    calls.push_back(call);
    calls.back().body = {};
    const Instant sent_at = time_.wall_now();
    co_await time_.sleep_for(latency);
    Answer result = answer_call ? answer_call(call) : answer(body);
    result.sent_at = sent_at;
    result.received_at = time_.wall_now();
    ++answered;
    co_return result;
  }

  static Answer all_created(const std::string& body) {
    Answer answer;
    answer.reach = Reach::answered;
    answer.status = 201;
    answer.body = R"({"status":"COMPLETE","results":[)";
    const std::string mark = '"' + std::string(kKeyProperty) + R"(":")";
    for (auto at = body.find(mark); at != std::string::npos; at = body.find(mark, at + 1)) {
      const std::size_t begin = at + mark.size();
      const std::string key = body.substr(begin, body.find('"', begin) - begin);
      if (answer.body.back() == '}') answer.body += ',';
      answer.body += R"({"id":")" + std::to_string(at) + R"(","properties":{)" + mark + key;
      answer.body += R"("}})";
    }
    answer.body += "]}";
    return answer;
  }

  SteadyDuration latency = std::chrono::milliseconds(100);
  std::function<Answer(const std::string& body)> answer = all_created;
  /// Instead of `answer`, where the endpoint matters.
  std::function<Answer(const ApiCall& call)> answer_call;
  std::vector<std::string> bodies;  ///< of the requests that were sent
  std::vector<ApiCall> calls;       ///< the same without their bodies
  std::size_t answered = 0;

 private:
  Time& time_;
};

/// Gives prepared batches. At its end it waits until it is stopped, like a pipe that stays open,
/// if `stays_open`.
class ListSource final : public BatchSource {
 public:
  explicit ListSource(boost::asio::any_io_executor executor) : changed_(std::move(executor)) {}

  boost::asio::awaitable<std::optional<Batch>> next() override {
    while (batches.empty() && stays_open && !stopped) co_await changed_.wait();
    if (batches.empty() && fails_at_end) throw std::runtime_error("the input has gone");
    if (batches.empty() || stopped) co_return std::nullopt;
    std::optional<Batch> batch(std::move(batches.front()));
    batches.pop_front();
    ++taken;
    co_return batch;
  }
  void stop() override {
    stopped = true;
    changed_.notify_all();
  }

  std::deque<Batch> batches;
  bool stays_open = false;
  bool fails_at_end = false;
  bool stopped = false;
  std::size_t taken = 0;

 private:
  Event changed_;
};

/// All that deliveries need, in virtual time. Change what is public before start().
class DeliveryFixture : public testing::Test {
 protected:
  boost::asio::io_context context_;
  VirtualTime time_{context_};
  Settings settings_ = one_key_settings();
  ScriptedHubSpot api_{time_};
  MemoryLog disk_{context_.get_executor()};
  RunLog log_{disk_, time_, {}, fresh()};
  HubSpotClock clock_;
  StopSignal stop_{context_.get_executor()};
  std::mt19937_64 random_{1};
  ListSource source_{context_.get_executor()};
  PipelineLimits limits_;
  std::optional<Instant> earlier_cut_send_;
  std::optional<Admission> admission_;
  std::unique_ptr<DeliveryContext> delivery_;
  bool has_ended_ = false;
  std::exception_ptr failure_;

  DeliveryContext& open();
  /// Batches of `size` records each, with keys of their own.
  void add_batches(std::size_t count, std::size_t size);
  void start();
  void run() { time_.run(); }
  void run_until(SteadyDuration since_start) { time_.run_until(SteadyPoint(since_start)); }
  SteadyDuration now() const { return time_.now() - SteadyPoint(); }

 private:
  static Settings one_key_settings();
  static ResumeState fresh();

  std::uint64_t last_batch_ = 0;
  std::uint64_t next_record_ = 1;
};

}  // namespace payferry::test

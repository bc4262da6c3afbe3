#include "loader/delivery/delivery_events.hpp"

#include "loader/delivery/delivery_fixture.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;

/// Remembers what it was told.
class Listener final : public DeliveryEvents {
 public:
  struct Told {
    std::uint64_t batch = 0;
    std::uint32_t attempt = 0;
    std::size_t records = 0;
    Reaction reaction = Reaction::none;
    std::size_t in_doubt = 0;
    std::size_t found = 0;
    std::size_t missing = 0;
  };
  struct Waited {
    std::uint64_t batch = 0;
    SteadyDuration pause{};
    WaitReason reason = WaitReason::retry;
  };

  void sending(BatchNumber, std::uint32_t, std::size_t) override { ++sent; }
  void ended(const RequestEnd& end) override {
    told.push_back({end.batch.value(), end.attempt, end.records, end.verdict.reaction, end.in_doubt,
                    end.found, end.missing});
  }
  void held(SteadyDuration pause) override { held_for.push_back(pause); }
  void waits(BatchNumber batch, SteadyDuration pause, WaitReason reason) override {
    waited.push_back({batch.value(), pause, reason});
  }

  std::size_t sent = 0;
  std::vector<Told> told;
  std::vector<Waited> waited;
  std::vector<SteadyDuration> held_for;
};

class DeliveryEventsTest : public test::DeliveryFixture {
 protected:
  Listener listener_;
};

TEST_F(DeliveryEventsTest, EveryRequestIsToldWithItsBatch) {
  add_batches(2, 10);
  start();
  delivery_->events.add(listener_);
  run();
  EXPECT_EQ(listener_.sent, 2U);
  ASSERT_EQ(listener_.told.size(), 2U);
  EXPECT_EQ(listener_.told[0].batch, 1U);
  EXPECT_EQ(listener_.told[1].batch, 2U);
  EXPECT_EQ(listener_.told[0].attempt, 1U);
  EXPECT_EQ(listener_.told[0].records, 10U);
}

TEST_F(DeliveryEventsTest, DoubtIsToldAndHowItIsSettled) {
  add_batches(1, 1);
  std::size_t calls = 0;
  api_.answer = [&calls](const std::string& body) {
    if (++calls == 1) return Answer(Reach::sent_unanswered, "reset", FailureKind::closed);
    Answer answer = test::ScriptedHubSpot::all_created(body);
    if (body.find("idProperty") != std::string::npos) answer.status = 200;
    return answer;
  };
  start();
  delivery_->events.add(listener_);
  run_until(1s);
  ASSERT_EQ(listener_.told.size(), 1U);
  EXPECT_EQ(listener_.told[0].reaction, Reaction::retry);
  EXPECT_EQ(listener_.told[0].in_doubt, 1U);
  ASSERT_EQ(listener_.waited.size(), 1U);
  EXPECT_EQ(listener_.waited[0].reason, WaitReason::look_up);
  EXPECT_EQ(listener_.waited[0].pause, settings_.retry.request_timeout - api_.latency);
  run();
  ASSERT_EQ(listener_.told.size(), 3U);
  EXPECT_EQ(listener_.told[1].attempt, 0U);
  EXPECT_EQ(listener_.told[1].missing, 1U);
  EXPECT_EQ(listener_.told[2].attempt, 2U);
}

// The request may be at work for as long as it may take; that holds up other rows of its keys only.
TEST_F(DeliveryEventsTest, WaitsOfUpsertsAreToldAsTheyAre) {
  settings_.mapping.write = WriteMode::upsert;
  source_.batches.push_back(test::batch_of(1, 1, {"a"}));
  source_.batches.push_back(test::batch_of(2, 2, {"a"}));
  std::vector<SteadyDuration> sent_at;
  api_.answer = [&](const std::string& body) {
    sent_at.push_back(now() - api_.latency);
    return sent_at.size() == 1 ? Answer(Reach::sent_unanswered, "reset", FailureKind::closed)
                               : test::ScriptedHubSpot::all_created(body);
  };
  start();
  delivery_->events.add(listener_);
  run_until(20s);
  EXPECT_EQ(delivery_->held_by_keys, 1U);
  run();
  ASSERT_EQ(sent_at.size(), 3U);
  ASSERT_EQ(listener_.waited.size(), 2U);
  EXPECT_EQ(listener_.waited[0].batch, 1U);
  EXPECT_EQ(listener_.waited[0].reason, WaitReason::retry);
  EXPECT_EQ(listener_.waited[0].pause, sent_at[1] - api_.latency);
  EXPECT_EQ(listener_.waited[1].batch, 2U);
  EXPECT_EQ(listener_.waited[1].reason, WaitReason::same_keys);
  EXPECT_EQ(listener_.waited[1].pause, sent_at[2] - sent_at[1] - api_.latency);
  EXPECT_EQ(delivery_->held_by_keys, 0U);
}

TEST_F(DeliveryEventsTest, AWaitForAnEarlierProcessIsToldOnceForAll) {
  settings_.mapping.write = WriteMode::upsert;
  earlier_cut_send_ = time_.wall_now() - 30s;
  add_batches(3, 2);
  start();
  delivery_->events.add(listener_);
  run_until(20s);
  EXPECT_EQ(delivery_->held_by_keys, 3U);
  run();
  ASSERT_EQ(listener_.held_for.size(), 1U);
  EXPECT_EQ(listener_.held_for[0], settings_.retry.request_timeout - 30s);
  EXPECT_TRUE(listener_.waited.empty());
  EXPECT_EQ(listener_.sent, 3U);
}

TEST_F(DeliveryEventsTest, AnEarlierProcessWhoseRequestsAreOverHoldsNothing) {
  settings_.mapping.write = WriteMode::upsert;
  earlier_cut_send_ = time_.wall_now() - settings_.retry.request_timeout;
  add_batches(1, 2);
  start();
  delivery_->events.add(listener_);
  run();
  EXPECT_TRUE(listener_.held_for.empty());
}

}  // namespace
}  // namespace payferry

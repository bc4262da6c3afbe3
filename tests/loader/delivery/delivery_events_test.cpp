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
    SteadyDuration pause{};
  };

  void sending(BatchNumber, std::uint32_t, std::size_t) override { ++sent; }
  void ended(const RequestEnd& end) override {
    told.push_back({end.batch.value(), end.attempt, end.records, end.verdict.reaction, end.in_doubt,
                    end.found, end.missing, end.pause});
  }

  std::size_t sent = 0;
  std::vector<Told> told;
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
  EXPECT_GT(listener_.told[0].pause, 0s);
  run();
  ASSERT_EQ(listener_.told.size(), 3U);
  EXPECT_EQ(listener_.told[1].attempt, 0U);
  EXPECT_EQ(listener_.told[1].missing, 1U);
  EXPECT_EQ(listener_.told[2].attempt, 2U);
}

}  // namespace
}  // namespace payferry

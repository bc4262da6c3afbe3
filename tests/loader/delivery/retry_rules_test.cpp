#include "loader/delivery/retry_rules.hpp"

#include <boost/asio/co_spawn.hpp>

#include "loader/delivery/delivery_fixture.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;
using Effect = RetryRules::Effect;

struct Told : WholeVerdict {
  explicit Told(Reaction of) {
    reaction = of;
    stop_kind = StopKind::token_refused;
    stop_text = "HubSpot refused the token";
  }
};

class RetryRulesTest : public test::DeliveryFixture {
 protected:
  RetryRules rules() {
    open();
    return RetryRules({settings_, *admission_, time_, stop_, random_, failed_probes_});
  }

  std::uint32_t failed_probes_ = 0;
};

TEST_F(RetryRulesTest, ATokenThatCannotBeRenewedEndsTheRun) {
  RetryRules rules = this->rules();
  rules.answered(Told(Reaction::refresh));
  EXPECT_EQ(stop_.reason(), StopReason::token_refused);
  EXPECT_EQ(stop_.text(), "HubSpot refused the token");
}

// Others may have been sent with the tokens between: whether HubSpot takes any is not known here.
TEST_F(RetryRulesTest, AnOAuthTokenMayExpireAgainBeforeTheRequestIsSentAgain) {
  settings_.hubspot.oauth.emplace();
  RetryRules rules = this->rules();
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(rules.answered(Told(Reaction::refresh)), Effect::none);
    EXPECT_LE(rules.not_before(), time_.now());
  }
  EXPECT_FALSE(stop_.requested());
}

TEST_F(RetryRulesTest, ServerFaultsInARowAreAnOutageOnceTheAttemptsAreUsed) {
  settings_.retry.attempts = 3;
  RetryRules rules = this->rules();
  EXPECT_EQ(rules.answered(Told(Reaction::retry)), Effect::server_fault);
  EXPECT_EQ(rules.answered(Told(Reaction::retry)), Effect::server_fault);
  EXPECT_EQ(rules.answered(Told(Reaction::retry)), Effect::outage);
  EXPECT_EQ(rules.failures(), 3U);
}

TEST_F(RetryRulesTest, AnAnswerEndsTheRow) {
  settings_.retry.attempts = 2;
  for (const Reaction good : {Reaction::none, Reaction::isolate}) {
    RetryRules rules = this->rules();
    rules.answered(Told(Reaction::retry));
    rules.answered(Told(good));
    EXPECT_EQ(rules.answered(Told(Reaction::retry)), Effect::server_fault);
  }
}

TEST_F(RetryRulesTest, AThrottledRequestIsNoServerFault) {
  RetryRules rules = this->rules();
  EXPECT_EQ(rules.answered(Told(Reaction::throttled)), Effect::throttled);
  EXPECT_EQ(rules.failures(), 0U);
}

TEST_F(RetryRulesTest, WhileTheAccountMovesNobodySends) {
  RetryRules rules = this->rules();
  rules.answered(Told(Reaction::moving));
  std::optional<SteadyPoint> admitted;
  boost::asio::co_spawn(context_, admission_->admit(RequestKind::write),
                        [&](const std::exception_ptr&, const std::optional<Permit>& permit) {
                          if (permit) admitted = time_.now();
                        });
  const SteadyPoint began = time_.now();
  time_.run_until(began + 59s);
  EXPECT_FALSE(admitted);
  time_.run_until(began + 61s);
  EXPECT_TRUE(admitted);
}

TEST_F(RetryRulesTest, WaitsAtLeastAsLongAsTheServerAsks) {
  RetryRules rules = this->rules();
  Told busy(Reaction::retry);
  busy.retry_after = 90s;
  rules.answered(busy);
  EXPECT_GE(rules.not_before(), time_.now() + 90s);
}

TEST_F(RetryRulesTest, ALockedRecordIsLeftAloneForItsTimeWhateverTheServerAsks) {
  RetryRules rules = this->rules();
  rules.answered(Told(Reaction::locked));
  EXPECT_GE(rules.not_before(), time_.now() + 2s);
}

}  // namespace
}  // namespace payferry

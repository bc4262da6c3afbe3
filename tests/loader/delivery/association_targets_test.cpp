#include "loader/delivery/association_targets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "loader/delivery/batches.hpp"

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using State = LookedUpTarget::State;
using Claim = AssociationTargets::Claim;

AssociationRule rule_to(std::string object, std::optional<std::string> match) {
  AssociationRule rule;
  rule.to = std::move(object);
  rule.match = std::move(match);
  return rule;
}

/// Rule 0 by email, rule 1 by record id, rule 2 by email again, rule 3 by another object's
/// property.
std::vector<AssociationRule> rules() {
  return {rule_to("contacts", "email"), rule_to("contacts", std::nullopt),
          rule_to("contacts", "email"), rule_to("companies", "number")};
}

Batch batch_with(const std::vector<std::pair<std::size_t, std::string>>& targets) {
  Batch batch{BatchNumber(1)};
  for (const auto& [rule, value] : targets) {
    batch.add(test::entry_of(1, "k", "{}"));
    batch.add_target(rule, value);
  }
  return batch;
}

Batch batch_by_email(std::size_t first, std::size_t count) {
  std::vector<std::pair<std::size_t, std::string>> targets;
  for (std::size_t i = 0; i < count; ++i)
    targets.emplace_back(0, "c" + std::to_string(first + i) + "@example.com");
  return batch_with(targets);
}

class AssociationTargetsTest : public testing::Test {
 protected:
  /// Looks up all that is wanted of the first kind: everybody is found, as "<value>!".
  std::size_t look_up_all(AssociationTargets& targets) {
    std::size_t asked = 0;
    while (const auto kind = targets.begin_look_up()) {
      for (const std::string_view value : targets.take(*kind)) {
        targets.tell_found(*kind, value, std::string(value) + "!");
        ++asked;
      }
    }
    return asked;
  }

  boost::asio::io_context context_;
  AssociationTargets targets_{rules(), context_.get_executor()};
};

TEST_F(AssociationTargetsTest, ABatchWithoutTargetsKnowsAllItNeeds) {
  Claim claim = targets_.claim(batch_with({}));
  EXPECT_TRUE(claim.is_known());
  EXPECT_FALSE(targets_.begin_look_up());
}

TEST_F(AssociationTargetsTest, ARecordIdIsNotLookedUp) {
  Claim claim = targets_.claim(batch_with({{1, "77"}}));
  EXPECT_TRUE(claim.is_known());
  EXPECT_EQ(claim.at(0), nullptr);
}

TEST_F(AssociationTargetsTest, AValueIsWantedOnceForAllRulesAndBatchesThatNameIt) {
  Claim first = targets_.claim(batch_with({{0, "a@b"}, {2, "a@b"}, {0, "c@d"}}));
  Claim second = targets_.claim(batch_with({{0, "a@b"}}));
  EXPECT_FALSE(first.is_known());
  EXPECT_EQ(targets_.wanted(), 2U);
  EXPECT_EQ(targets_.begin_look_up(), 0U);
  EXPECT_THAT(targets_.take(0), ElementsAre("a@b", "c@d"));
  EXPECT_EQ(targets_.wanted(), 0U);
  targets_.tell_found(0, "a@b", "51");
  EXPECT_TRUE(second.is_known());
  EXPECT_FALSE(first.is_known());
  targets_.tell_missing(0, "c@d", "no");
  EXPECT_TRUE(first.is_known());
  EXPECT_EQ(first.at(1)->id, "51");
  EXPECT_EQ(first.at(2)->state, State::missing);
  EXPECT_EQ(first.at(2)->refusal, "no");
}

TEST_F(AssociationTargetsTest, EachObjectAndPropertyIsLookedUpByItself) {
  Claim claim = targets_.claim(batch_with({{0, "a"}, {3, "a"}}));
  EXPECT_EQ(targets_.begin_look_up(), 0U);
  EXPECT_EQ(targets_.begin_look_up(), 1U);
  EXPECT_FALSE(targets_.begin_look_up());
  EXPECT_EQ(targets_.kind(1).object, "companies");
  EXPECT_EQ(targets_.kind(1).property, "number");
}

TEST_F(AssociationTargetsTest, ALookUpTakesTheValuesOfSeveralBatchesUpTo100) {
  Claim first = targets_.claim(batch_by_email(0, 60));
  EXPECT_EQ(targets_.begin_look_up(), 0U);
  Claim second = targets_.claim(batch_by_email(60, 40));
  EXPECT_FALSE(targets_.begin_look_up()) << "the one that waits has room for them";
  Claim third = targets_.claim(batch_by_email(100, 1));
  EXPECT_EQ(targets_.begin_look_up(), 0U);
  EXPECT_EQ(targets_.take(0).size(), 100U);
  EXPECT_EQ(targets_.take(0).size(), 1U);
  EXPECT_THAT(targets_.take(targets_.begin_look_up().value_or(0)), IsEmpty());
}

TEST_F(AssociationTargetsTest, WhatIsKnownIsNotAskedForAgain) {
  { const Claim claim = targets_.claim(batch_by_email(0, 10)); }
  EXPECT_EQ(look_up_all(targets_), 10U);
  Claim later = targets_.claim(batch_by_email(0, 10));
  EXPECT_TRUE(later.is_known());
  EXPECT_EQ(later.at(3)->id, "c3@example.com!");
  EXPECT_EQ(look_up_all(targets_), 0U);
}

TEST_F(AssociationTargetsTest, TheValueUsedLongestAgoIsForgottenFirst) {
  AssociationTargets small(rules(), context_.get_executor(), 1'000);
  { const Claim claim = small.claim(batch_by_email(0, 4)); }
  look_up_all(small);
  { const Claim claim = small.claim(batch_by_email(0, 1)); }
  const Claim more = small.claim(batch_by_email(4, 1));
  look_up_all(small);
  EXPECT_LE(small.bytes(), 1'000U);
  Claim first = small.claim(batch_by_email(0, 1));
  EXPECT_TRUE(first.is_known());
  Claim second = small.claim(batch_by_email(1, 1));
  EXPECT_FALSE(second.is_known());
}

TEST_F(AssociationTargetsTest, WhatIsClaimedIsKeptWhateverItTakes) {
  AssociationTargets none(rules(), context_.get_executor(), 0);
  Claim claim = none.claim(batch_by_email(0, 50));
  look_up_all(none);
  EXPECT_TRUE(claim.is_known());
  EXPECT_EQ(claim.at(49)->id, "c49@example.com!");
  claim.release();
  EXPECT_EQ(none.bytes(), 0U);
}

TEST_F(AssociationTargetsTest, MemoryStaysWithinItsBound) {
  AssociationTargets small(rules(), context_.get_executor(), 100'000);
  for (std::size_t batch = 0; batch < 200; ++batch) {
    const Claim claim = small.claim(batch_by_email(batch * 100, 100));
    look_up_all(small);
    EXPECT_LE(small.bytes(), 100'000U + 100 * 300);
  }
  EXPECT_LE(small.bytes(), 100'000U);
}

}  // namespace
}  // namespace payferry

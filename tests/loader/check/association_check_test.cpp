#include "loader/check/association_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::HasSubstr;

AssociationRule to_contacts(std::optional<unsigned> type_id) {
  AssociationRule rule;
  rule.to = "contacts";
  rule.type_id = type_id;
  return rule;
}

const std::vector<AssociationLabel> kLabels{{387, "HUBSPOT_DEFINED", ""},
                                            {12, "USER_DEFINED", "Payer"}};

TEST(AssociationCheck, PutsInTheUsualTypeWhereTheRuleLeavesItOut) {
  AssociationRule rule = to_contacts(std::nullopt);
  EXPECT_FALSE(check_association(rule, "commerce_payments", kLabels));
  EXPECT_EQ(rule.type_id, 387U);
}

TEST(AssociationCheck, TakesATypeThatTheAccountHas) {
  AssociationRule rule = to_contacts(12);
  rule.category = "USER_DEFINED";
  EXPECT_FALSE(check_association(rule, "commerce_payments", kLabels));
}

TEST(AssociationCheck, NamesTheTypesThatThereAre) {
  AssociationRule rule = to_contacts(12);
  const auto problem = check_association(rule, "commerce_payments", kLabels);
  ASSERT_TRUE(problem);
  EXPECT_THAT(problem->message, HasSubstr("type_id 12 and category HUBSPOT_DEFINED"));
  EXPECT_THAT(problem->message, HasSubstr("387 HUBSPOT_DEFINED, 12 USER_DEFINED \"Payer\""));
}

TEST(AssociationCheck, NeedsATypeWhereNoneIsTheUsualOne) {
  AssociationRule rule = to_contacts(std::nullopt);
  const auto problem = check_association(
      rule, "deals", {{1, "USER_DEFINED", "Payer"}, {2, "USER_DEFINED", "Owner"}});
  ASSERT_TRUE(problem);
  EXPECT_THAT(problem->message, HasSubstr("set type_id and category"));
}

TEST(AssociationCheck, SaysThatTheObjectsCannotBeAssociated) {
  AssociationRule rule = to_contacts(387);
  const auto problem = check_association(rule, "deals", {});
  ASSERT_TRUE(problem);
  EXPECT_THAT(problem->message, HasSubstr("no association from deals to contacts"));
}

}  // namespace
}  // namespace payferry

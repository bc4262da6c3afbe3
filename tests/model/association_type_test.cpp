#include "model/association_type.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

using Labels = std::vector<AssociationLabel>;

const Labels kToContacts{{387, "HUBSPOT_DEFINED", ""}, {12, "USER_DEFINED", "Payer"}};

AssociationRule contacts(std::optional<unsigned> type_id = std::nullopt) {
  AssociationRule rule;
  rule.to = "contacts";
  rule.type_id = type_id;
  return rule;
}

std::string problem(const AssociationRule& rule, const Labels& labels = kToContacts) {
  const auto with = with_type(rule, labels, "commerce_payments");
  return with ? "fine" : with.error();
}

TEST(AssociationType, IsTheDefaultOneWhereTheConfigNamesNone) {
  const auto rule = with_type(contacts(), kToContacts, "commerce_payments");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->type_id, 387U);
  EXPECT_EQ(rule->category, "HUBSPOT_DEFINED");
}

TEST(AssociationType, ThatTheConfigNamesGetsItsCategory) {
  const auto rule = with_type(contacts(12), kToContacts, "commerce_payments");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->type_id, 12U);
  EXPECT_EQ(rule->category, "USER_DEFINED");
}

/// Contract §5.6: HubSpot's guide uses 542 and 523 where its table has 524.
TEST(AssociationType, ThatTheLabelsDoNotKnowIsRefusedWithTheKnownOnes) {
  EXPECT_EQ(problem(contacts(542)),
            "type_id = 542 is no association from commerce_payments to contacts: HubSpot knows "
            "387, 12 \"Payer\" (USER_DEFINED). Correct it, or leave type_id out");
}

TEST(AssociationType, MustFitTheCategoryOfTheConfig) {
  AssociationRule rule = contacts(12);
  rule.category = "WORK";
  EXPECT_EQ(problem(rule),
            "category = \"WORK\" does not fit type_id = 12, which is USER_DEFINED from "
            "commerce_payments to contacts");
}

TEST(AssociationType, IsNeededWhereNoneIsTheDefault) {
  EXPECT_EQ(problem(contacts(), {{12, "USER_DEFINED", "Payer"}}),
            "The association from commerce_payments to contacts needs type_id: HubSpot knows 12 "
            "\"Payer\" (USER_DEFINED)");
}

TEST(AssociationType, CannotBeWhereTheObjectsHaveNone) {
  EXPECT_EQ(problem(contacts(387), {}),
            "HubSpot knows no association from commerce_payments to contacts; take it out of "
            "[[associations]]");
}

PropertySchema schema_of_contacts() {
  PropertyDefinition email;
  email.name = "email";
  email.has_unique_value = true;
  PropertyDefinition phone;
  phone.name = "phone";
  return PropertySchema({email, phone});
}

AssociationRule matching(std::string property) {
  AssociationRule rule = contacts();
  rule.match = std::move(property);
  return rule;
}

TEST(AssociationMatch, IsCertainForAUniqueProperty) {
  EXPECT_EQ(check_match(matching("email"), schema_of_contacts()), Uniqueness::certain);
  EXPECT_EQ(check_match(matching("phone"), schema_of_contacts()), Uniqueness::doubtful);
}

TEST(AssociationMatch, NamesTheNearestPropertyForOneThatIsNotThere) {
  EXPECT_EQ(check_match(matching("e_mail"), schema_of_contacts()).error(),
            "HubSpot has no property \"e_mail\" of contacts to match by; did you mean \"email\"?");
  EXPECT_EQ(check_match(matching("customer"), schema_of_contacts()).error(),
            "HubSpot has no property \"customer\" of contacts to match by; name one that has "
            "unique values");
}

}  // namespace
}  // namespace payferry

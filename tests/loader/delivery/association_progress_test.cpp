#include "loader/delivery/association_progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Step = AssociationProgress::Step;

std::vector<AssociationRule> rules() {
  AssociationRule contacts;
  contacts.to = "contacts";
  contacts.from = "Email";
  contacts.type_id = 387;
  AssociationRule companies;
  companies.to = "companies";
  companies.from = "Company";
  companies.type_id = 389;
  return {contacts, companies};
}

FinalOutcome outcome_of(std::size_t entry, OutcomeStatus status = OutcomeStatus::updated) {
  Outcome outcome;
  outcome.status = status;
  outcome.id = std::to_string(900 + entry);
  return {entry, outcome};
}

CallVerdict told(std::vector<InputFate> fates) {
  CallVerdict verdict;
  verdict.refusals.resize(fates.size());
  verdict.fates = std::move(fates);
  return verdict;
}

std::vector<std::size_t> entries_of(const std::vector<FinalOutcome>& outcomes) {
  std::vector<std::size_t> entries;
  for (const FinalOutcome& outcome : outcomes) entries.push_back(outcome.entry);
  return entries;
}

class AssociationProgressTest : public testing::Test {
 protected:
  /// Entry 0 to a contact and a company, entry 1 to a contact, entry 2 to nothing.
  AssociationProgressTest() {
    progress_.add(0, 0, "10");
    progress_.add(0, 1, "20");
    progress_.add(1, 0, "11");
  }
  std::vector<FinalOutcome> hold(std::vector<FinalOutcome> outcomes) {
    return progress_.hold(std::move(outcomes));
  }
  std::vector<std::string> pairs(const Step& step) {
    std::vector<std::string> pairs;
    for (const AssociationInput& input : progress_.inputs(step)) {
      pairs.push_back(std::string(input.from_id) + "-" + std::string(input.to_id) + ":" +
                      std::to_string(input.type_id));
    }
    return pairs;
  }
  Step next() {
    const auto step = progress_.next();
    EXPECT_TRUE(step);
    return step.value_or(Step());
  }

  std::vector<AssociationRule> rules_ = rules();
  AssociationProgress progress_{rules_};
};

TEST_F(AssociationProgressTest, NothingIsDoneBeforeARecordIsThere) {
  EXPECT_FALSE(progress_.next());
}

TEST_F(AssociationProgressTest, HoldsTheOutcomesOfWhatIsToBeAssociated) {
  const auto rest = hold({outcome_of(0), outcome_of(1), outcome_of(2)});
  EXPECT_THAT(entries_of(rest), ElementsAre(2));
}

TEST_F(AssociationProgressTest, ARejectedRecordIsAssociatedWithNothing) {
  EXPECT_THAT(entries_of(hold({outcome_of(0, OutcomeStatus::rejected)})), ElementsAre(0));
  EXPECT_FALSE(progress_.next());
}

TEST_F(AssociationProgressTest, OneCallGoesToEachObject) {
  hold({outcome_of(0), outcome_of(1, OutcomeStatus::created)});
  const Step companies = next();
  EXPECT_EQ(companies.to_object, "companies");
  EXPECT_THAT(pairs(companies), ElementsAre("900-20:389"));
  const Step contacts = next();
  EXPECT_EQ(contacts.to_object, "contacts");
  EXPECT_THAT(pairs(contacts), ElementsAre("900-10:387", "901-11:387"));
  EXPECT_FALSE(progress_.next());
}

TEST_F(AssociationProgressTest, AnOutcomeComesWithTheLastOfItsAssociations) {
  hold({outcome_of(0), outcome_of(1)});
  EXPECT_THAT(progress_.take_verdict(next(), told({InputFate::done})), IsEmpty());
  const auto outcomes = progress_.take_verdict(next(), told({InputFate::done, InputFate::done}));
  EXPECT_THAT(entries_of(outcomes), ElementsAre(0, 1));
  EXPECT_FALSE(lacks_association(outcomes[0].outcome));
}

TEST_F(AssociationProgressTest, ARefusedAssociationIsToldOfARecordThatIsLoaded) {
  hold({outcome_of(1)});
  CallVerdict verdict = told({InputFate::refused});
  verdict.refusals[0].message = "11 is not a valid ID";
  const auto outcomes = progress_.take_verdict(next(), verdict);
  ASSERT_THAT(entries_of(outcomes), ElementsAre(1));
  const Outcome& outcome = outcomes[0].outcome;
  EXPECT_EQ(outcome.status, OutcomeStatus::updated);
  EXPECT_TRUE(lacks_association(outcome));
  EXPECT_EQ(outcome.refusal->code, "ASSOCIATION_REFUSED");
  EXPECT_EQ(outcome.refusal->column, "Email");
  EXPECT_EQ(outcome.refusal->message,
            "The record is in HubSpot, but without its association to contacts 11: 11 is not a "
            "valid ID");
}

TEST_F(AssociationProgressTest, WhatIsNotToldIsSentAgain) {
  hold({outcome_of(1)});
  EXPECT_THAT(progress_.take_verdict(next(), told({InputFate::not_told})), IsEmpty());
  EXPECT_THAT(pairs(next()), ElementsAre("901-11:387"));
}

TEST_F(AssociationProgressTest, WhatIsRefusedWholeIsSentInHalves) {
  progress_.add(2, 0, "12");
  progress_.add(3, 0, "13");
  hold({outcome_of(1), outcome_of(2), outcome_of(3)});
  CallVerdict verdict = told({InputFate::not_told, InputFate::not_told, InputFate::not_told});
  verdict.send_in_halves = true;
  EXPECT_THAT(progress_.take_verdict(next(), verdict), IsEmpty());
  EXPECT_THAT(pairs(next()), ElementsAre("901-11:387"));
  EXPECT_THAT(pairs(next()), ElementsAre("902-12:387", "903-13:387"));
}

TEST_F(AssociationProgressTest, NoCallHasMoreInputsThanHubSpotTakes) {
  for (std::size_t link = 0; link < kMaxAssociationInputs; ++link)
    progress_.add(4, 0, std::to_string(link));
  hold({outcome_of(1), outcome_of(4)});
  std::size_t links = 0;
  while (const auto step = progress_.next()) {
    EXPECT_LE(step->links.size(), kMaxAssociationInputs);
    links += step->links.size();
  }
  EXPECT_EQ(links, kMaxAssociationInputs + 1);
}

}  // namespace
}  // namespace payferry

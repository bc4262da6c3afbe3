#include "loader/report/remedy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::HasSubstr;
using testing::Not;

MendingPlace place() {
  MendingPlace place;
  place.run_directory = "/runs/may day";
  place.config = "/etc/payments.toml";
  return place;
}

Cause cause(OutcomeStatus status, const std::string& code) {
  Cause cause;
  cause.status = status;
  cause.code = code;
  cause.property = "hs_initial_amount";
  cause.column = "Amount";
  return cause;
}

TEST(Remedy, NamesColumnFileAndCommand) {
  const Remedy remedy = remedy_for(cause(OutcomeStatus::invalid, "INVALID_DECIMAL"), place());
  EXPECT_THAT(remedy.advice, HasSubstr("Mend the column \"Amount\" in rejects.csv"));
  EXPECT_THAT(remedy.advice, HasSubstr("hs_initial_amount = {"));
  EXPECT_EQ(remedy.command, "payferry load -c /etc/payments.toml '/runs/may day/rejects.csv'");
  EXPECT_EQ(remedy.listing,
            R"(grep -F '"code":"INVALID_DECIMAL"' '/runs/may day/outcomes.ndjson')");
}

TEST(Remedy, KeepsWhatTheRunWasToldByHand) {
  MendingPlace told = place();
  told.overrides = {"input.delimiter=;"};
  told.csv = false;
  const Remedy remedy = remedy_for(cause(OutcomeStatus::rejected, "INVALID_OPTION"), told);
  EXPECT_EQ(remedy.command,
            "payferry load -c /etc/payments.toml --set 'input.delimiter=;' "
            "'/runs/may day/rejects.ndjson'");
}

TEST(Remedy, OfADuplicateIsAnUpdate) {
  const Remedy remedy = remedy_for(cause(OutcomeStatus::rejected, "DUPLICATE_IN_SOURCE"), place());
  EXPECT_THAT(remedy.command, HasSubstr("--set hubspot.write=upsert"));
}

TEST(Remedy, OfATextThatIsNoUtf8IsTheEncoding) {
  const Remedy remedy = remedy_for(cause(OutcomeStatus::invalid, "INVALID_UTF8"), place());
  EXPECT_THAT(remedy.advice, HasSubstr("encoding = \"windows-1252\""));
}

TEST(Remedy, OfACardNumberThatIsNoneTellsOfTheMask) {
  const Remedy remedy = remedy_for(cause(OutcomeStatus::invalid, "CARD_NUMBER"), place());
  EXPECT_THAT(remedy.advice, HasSubstr("put them back in rejects.csv"));
}

TEST(Remedy, OfAnUnknownFateIsALookFirst) {
  const Remedy remedy = remedy_for(cause(OutcomeStatus::unknown, ""), place());
  EXPECT_THAT(remedy.advice, HasSubstr("Look for these in HubSpot first"));
  EXPECT_THAT(remedy.command, HasSubstr("unknown.csv"));
  EXPECT_THAT(remedy.listing, HasSubstr(R"("status":"unknown")"));
}

TEST(Remedy, IsThereForCodesThatNobodyForesaw) {
  const Remedy remedy = remedy_for(cause(OutcomeStatus::rejected, "SOMETHING_NEW"), place());
  EXPECT_EQ(remedy.title, "Refused by HubSpot");
  EXPECT_THAT(remedy.advice, HasSubstr("rejects.csv"));
  EXPECT_THAT(remedy.advice, Not(HasSubstr("%")));
}

}  // namespace
}  // namespace payferry

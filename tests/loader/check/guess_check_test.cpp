#include "loader/check/guess_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Sample shop_sample() {
  Sample sample;
  sample.header = {"Invoice", "Paid at", "Amount", "Currency"};
  sample.rows = {{"536365", "2010-12-01 08:26:00", "139.12", "GBP"},
                 {"536366", "2010-12-01 08:28:00", "-22.20", "GBP"}};
  sample.delimiter = ',';
  return sample;
}

TEST(GuessCheck, AGuessThatFitsItsRowsIsGood) {
  const Sample sample = shop_sample();
  const GuessCheck check = check_guess(guess_config(sample), sample);
  EXPECT_THAT(check.missing, IsEmpty());
  EXPECT_EQ(check.invalid_rows, 0U);
}

TEST(GuessCheck, CountsTheRowsThatTheGuessDoesNotFit) {
  Sample sample = shop_sample();
  const GuessedConfig guessed = guess_config(sample);
  sample.rows[1][2] = "a lot";
  const GuessCheck check = check_guess(guessed, sample);
  EXPECT_EQ(check.invalid_rows, 1U);
  EXPECT_THAT(check.first_problem, HasSubstr("\"a lot\""));
}

TEST(GuessCheck, SaysWhatIsMissing) {
  Sample sample = shop_sample();
  sample.header[2] = "Thing";
  for (auto& row : sample.rows) row[2] = "a lot";
  const GuessCheck check = check_guess(guess_config(sample), sample);
  ASSERT_THAT(check.missing, SizeIs(1));
  EXPECT_THAT(check.missing[0], HasSubstr("hs_initial_amount"));
}

TEST(GuessCheck, SeesThatAFileHasNoHeader) {
  Sample sample = shop_sample();
  sample.header = sample.rows[0];
  const GuessCheck check = check_guess(guess_config(sample), sample);
  ASSERT_THAT(check.missing, SizeIs(1));
  EXPECT_THAT(check.missing[0], HasSubstr("looks like data"));
  sample = shop_sample();
  sample.header.push_back("2024");
  EXPECT_THAT(check_guess(guess_config(sample), sample).missing, IsEmpty());
}

TEST(GuessCheck, AConfigThatCannotBeLoadedIsNeverCalledGood) {
  GuessedConfig guessed;
  guessed.toml = "[properties]\nhs_initial_amount = 3\n";
  EXPECT_THAT(check_guess(guessed, shop_sample()).missing, SizeIs(1));
}

}  // namespace
}  // namespace payferry

#include <gmock/gmock.h>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using testing::HasSubstr;
using testing::Not;

/// What a second load makes of the first one's file of rejects.
class RejectsAgainTest : public LoadFixture {
 protected:
  RejectsAgainTest() {
    start_simulator();
    write_config(kPaymentProperties, "[input]\nmax_record_bytes = 1024\n");
  }

  ProcessResult load_into(const std::string& run, const std::string& input) {
    return payferry({"load", "-c", file("payments.toml").string(), "--run-dir", file(run).string(),
                     "--progress", "none", file(input).string()});
  }
};

TEST_F(RejectsAgainTest, ARowOfCsvIsRefusedWithItsNewReasonAloneAndLoadedOnceMended) {
  write(
      "payments.csv",
      "\xEF\xBB\xBFid,amount,created,currency,status\nA,1.5O,2024-01-01T10:00:00Z,GBP,succeeded\n");
  ASSERT_EQ(load_into("first", "payments.csv").exit_code, 1);
  std::string once = read("first/rejects.csv");
  ASSERT_EQ(load_into("second", "first/rejects.csv").exit_code, 1);
  EXPECT_EQ(read("second/rejects.csv"), once);
  EXPECT_THAT(once, testing::StartsWith("\xEF\xBB\xBFid,"));
  write("mended.csv", once.replace(once.find("1.5O"), 4, "1.50"));
  EXPECT_EQ(load_into("third", "mended.csv").exit_code, 0);
}

TEST_F(RejectsAgainTest, ALineOfNdjsonIsRefusedWithItsNewReasonAlone) {
  write("payments.ndjson",
        "{\"id\":\"A\",\"amount\":\"1.5O\",\"created\":\"2024-01-01T10:00:00Z\"}\n"
        "{\"id\":\"B\"\n");
  ASSERT_EQ(load_into("first", "payments.ndjson").exit_code, 1);
  ASSERT_EQ(load_into("second", "first/rejects.ndjson").exit_code, 1);
  ASSERT_EQ(load_into("third", "second/rejects.ndjson").exit_code, 1);
  EXPECT_EQ(read("third/rejects.ndjson"), read("second/rejects.ndjson"));
  EXPECT_THAT(
      read("second/rejects.ndjson"),
      HasSubstr(R"({"payferry_line":"{\"id\":\"B\"","payferry_error":"the line holds a row)"));
}

/// Had it as many cells as the header, payferry's own words would be sent as its last value.
TEST_F(RejectsAgainTest, ARowThatLacksACellNeverGetsItFromItsReason) {
  int file = 0;
  for (const std::string header :
       {"id,amount,created,currency,status", "id,amount,created,currency,status,payferry_error",
        "id,amount,payferry_error,created,currency,status"}) {
    std::string input = std::to_string(++file) + ".csv";
    write(input, header + "\nA,1.50,2024-01-01T10:00:00Z,GBP\n");
    for (const std::string load : {"first", "second", "third", "fourth"}) {
      const std::string run = load + std::to_string(file);
      ASSERT_EQ(load_into(run, input).exit_code, 1) << header << ", " << load;
      EXPECT_THAT(read(run + "/outcomes.ndjson"), HasSubstr("RAGGED_ROW"));
      input = run + "/rejects.csv";
    }
  }
  EXPECT_EQ(in_hubspot(), 0U);
}

TEST_F(RejectsAgainTest, APartOfARowIsNeverLoadedForTheWhole) {
  const std::string whole = "2024-01-01T10:00:00Z,GBP,succeeded";
  const std::string rest(5000, 'x');
  write("payments.csv", "id,amount,created,currency,status\nA,1.50," + whole + "," + rest +
                            "\nB,1.50,2024-01-01T10:00:00Z,GBP," + rest + "\nC,1.50," + whole +
                            ",\"" + rest + "\"x\n");
  ASSERT_EQ(load_into("first", "payments.csv").exit_code, 1);
  EXPECT_EQ(load_into("second", "first/rejects.csv").exit_code, 1);
  EXPECT_EQ(in_hubspot(), 0U);
  EXPECT_THAT(read("second/outcomes.ndjson"), Not(HasSubstr("RAGGED_ROW")));
  EXPECT_THAT(read("second/outcomes.ndjson"), HasSubstr("was cut where the mark stands"));
}

}  // namespace
}  // namespace payferry::test

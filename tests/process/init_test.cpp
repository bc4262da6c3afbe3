#include <gmock/gmock.h>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using ::testing::HasSubstr;

constexpr const char* kShop =
    "Invoice,Paid at,Amount,Currency\n"
    "536365,2010-12-01 08:26:00,139.12,GBP\n"
    "536366,2010-12-01 08:28:00,22.20,GBP\n";

class InitTest : public LoadFixture {
 protected:
  ProcessResult init(const std::string& input, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"init", file(input).string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return payferry(arguments);
  }
  std::vector<std::string> to_config() const { return {"-o", file("payments.toml").string()}; }
  ProcessResult check_offline(const std::string& input) {
    return payferry(
        {"check", "-c", file("payments.toml").string(), "--offline", file(input).string()});
  }
};

TEST_F(InitTest, WritesAConfigThatLoadsAsItStands) {
  write("payments.csv", kShop);
  const ProcessResult result = init("payments.csv", to_config());
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("payferry check -c"));
  const ProcessResult checked = check_offline("payments.csv");
  EXPECT_EQ(checked.exit_code, 0) << checked.err << checked.out;
}

TEST_F(InitTest, WritesToStandardOutputWithoutAFileName) {
  write("payments.csv", kShop);
  for (const auto& more : {std::vector<std::string>(), {"-o", "-"}}) {
    const ProcessResult result = init("payments.csv", more);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("hs_initial_amount = { from = \"Amount\""));
  }
}

TEST_F(InitTest, LeavesAStandingFileAsItIs) {
  write("payments.csv", kShop);
  write("payments.toml", "my own\n");
  const ProcessResult result = init("payments.csv", to_config());
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("is there already"));
  EXPECT_EQ(read("payments.toml"), "my own\n");
}

TEST_F(InitTest, SaysWhatIsMissingAndExits1) {
  write("payments.csv", "Invoice,Thing\n1,2\n2,3\n");
  const ProcessResult result = init("payments.csv", to_config());
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_THAT(result.err, HasSubstr("hs_initial_amount"));
  EXPECT_THAT(read("payments.toml"), HasSubstr("# hs_initial_amount = { from ="));
}

TEST_F(InitTest, GuessesWhatAGermanBankWrites) {
  write("payments.csv",
        "Belegnr.;Buchungsdatum;Betrag;W\xE4hrung\n"
        "R-1;31.01.2026;1.234,50;EUR\n"
        "R-2;01.02.2026;-2,00;EUR\n");
  EXPECT_EQ(init("payments.csv", to_config()).exit_code, 0);
  const std::string config = read("payments.toml");
  EXPECT_THAT(config, HasSubstr("delimiter = \";\"\nencoding = \"windows-1252\""));
  EXPECT_THAT(config, HasSubstr("format = \"%d.%m.%Y\""));
  EXPECT_THAT(config, HasSubstr("decimal = \",\""));
  const ProcessResult checked = check_offline("payments.csv");
  EXPECT_EQ(checked.exit_code, 0) << checked.err << checked.out;
  EXPECT_THAT(checked.out, HasSubstr("1,232.50"));
}

TEST_F(InitTest, GuessesNdjson) {
  write("payments.ndjson",
        "{\"id\":\"a\",\"created\":\"2026-01-31T10:00:00Z\",\"amount\":12.5,\"currency\":\"EUR\"}\n"
        "{\"id\":\"b\",\"created\":\"2026-02-01T10:00:00Z\",\"amount\":7,\"currency\":\"EUR\"}\n");
  EXPECT_EQ(init("payments.ndjson", to_config()).exit_code, 0);
  const ProcessResult checked = check_offline("payments.ndjson");
  EXPECT_EQ(checked.exit_code, 0) << checked.err << checked.out;
}

TEST_F(InitTest, SaysWhatIsWrongWithAnInput) {
  write("empty.csv", "");
  const ProcessResult empty = init("empty.csv");
  EXPECT_EQ(empty.exit_code, 2);
  EXPECT_THAT(empty.err, HasSubstr("is empty"));
  const ProcessResult missing = init("missing.csv");
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_THAT(missing.err, HasSubstr("missing.csv"));
  const ProcessResult directory = init(".");
  EXPECT_EQ(directory.exit_code, 2);
  EXPECT_THAT(directory.err, HasSubstr("is a directory"));
}

TEST_F(InitTest, SaysWhyTheConfigCannotBeWritten) {
  write("payments.csv", kShop);
  const ProcessResult result = init("payments.csv", {"-o", file("no/such/x.toml").string()});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("No such file or directory"));
}

}  // namespace
}  // namespace payferry::test

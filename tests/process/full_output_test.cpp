#include <gmock/gmock.h>
#include <sys/stat.h>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// What becomes of a command whose output cannot be written.
class FullOutputTest : public LoadFixture {
 protected:
  static std::string program() {
    return (std::filesystem::path(PAYFERRY_BINARY_DIR) / "loader/payferry").string();
  }
  ProcessResult shell(const std::string& command) {
    return start("/bin/sh", {"-c", command})->wait(1min).value();
  }
  ProcessResult into_full(const std::string& arguments) {
    return shell(program() + " " + arguments + " > /dev/full");
  }
  void expect_told(const std::string& arguments) {
    const ProcessResult result = into_full(arguments);
    EXPECT_EQ(result.exit_code, 2) << arguments << result.err;
    EXPECT_THAT(result.err, HasSubstr("Cannot write to standard output: No space left on device"))
        << arguments;
  }
};

TEST_F(FullOutputTest, ThatIsAnErrorWhereTheOutputIsAllThatACommandDoes) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(3);
  ASSERT_EQ(load().exit_code, 0);
  for (const char* arguments :
       {"--version", "--help", "load --help", "report run", "report run --json",
        "report run --html -", "check -c payments.toml payments.csv --offline --progress none",
        "init payments.csv", "verify run --progress none"})
    expect_told(arguments);
}

// Its records are in HubSpot, whoever reads of it.
TEST_F(FullOutputTest, ALoadGoesByItsRecords) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(3);
  EXPECT_EQ(into_full("load -c payments.toml payments.csv --run-dir run").exit_code, 0);
  EXPECT_TRUE(summary().complete);
}

// 2 would mean that nothing was done.
TEST_F(FullOutputTest, AnUndoGoesByWhatItArchived) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(3);
  ASSERT_EQ(load().exit_code, 0);
  const ProcessResult result = into_full("undo run --yes --progress none");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("Cannot write to standard output: No space left on device"));
  EXPECT_EQ(in_hubspot(), 0U);
}

TEST_F(FullOutputTest, AReaderThatHasSeenEnoughIsNoError) {
  ASSERT_EQ(::mkfifo(file("pipe").c_str(), 0600), 0);
  const ProcessResult result = shell("exec 4<>pipe 5>pipe 4<&-; " + program() + " --help >&5");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
}

}  // namespace
}  // namespace payferry::test

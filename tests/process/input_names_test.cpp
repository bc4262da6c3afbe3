#include <fcntl.h>
#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <sstream>

#include "loader/run/file_descriptor.hpp"
#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// What is written of a run names its inputs so that programs can read it.
class InputNamesTest : public LoadFixture {
 protected:
  void SetUp() override {
    start_simulator();
    write_config(kPaymentProperties);
  }
  void write_payment(const std::string& name, const std::string& id, const std::string& amount) {
    std::filesystem::create_directories(file(name).parent_path());
    write(name, "id,amount,created,currency,status\n" + id + "," + amount +
                    ",2024-01-01T10:00:00Z,GBP,succeeded\n");
  }
  /// From the folder of the test, into "run".
  ProcessResult load_inputs(const std::vector<std::string>& names) {
    std::vector<std::string> arguments{"load", "-c",         "payments.toml", "--run-dir",
                                       "run",  "--progress", "none"};
    arguments.insert(arguments.end(), names.begin(), names.end());
    return payferry(arguments);
  }
  void expect_json(const std::string& name) {
    std::istringstream lines(read(name));
    for (std::string line; std::getline(lines, line);) {
      boost::system::error_code error;
      boost::json::parse(line, error);
      EXPECT_FALSE(error) << name << ": " << line;
    }
  }
};

TEST_F(InputNamesTest, OutcomesNameEachOfSeveralInputsAsItWasGiven) {
  write_payment("may/pay.csv", "A", "1.50");
  write_payment("june/pay.csv", "B", "x");
  const std::string june = file("june/pay.csv").string();
  const ProcessResult result = load_inputs({"may/pay.csv", june});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_EQ(outcomes().at(1).file, "may/pay.csv");
  EXPECT_EQ(outcomes().at(2).file, june);
  EXPECT_THAT(payferry({"report", "run", "--json"}).out, HasSubstr("\"file\":\"" + june + "\""));
}

TEST_F(InputNamesTest, StandardInputIsNamedSoWhereItDoesNotFitTheConfig) {
  write("other.csv", "A,B\n1,2\n");
  for (const char* command : {"check", "load"}) {
    const FileDescriptor input(::open(file("other.csv").c_str(), O_RDONLY | O_CLOEXEC));
    const auto process =
        start_payferry({command, "-c", "payments.toml", "--progress", "none", "-"}, input.get());
    const ProcessResult result = process->wait(60s).value();
    EXPECT_EQ(result.exit_code, 2) << result.out;
    EXPECT_THAT(unwrapped(result.err), HasSubstr("standard input does not fit the config: "));
  }
}

TEST_F(InputNamesTest, NamesThatAreNotUtf8MakeNoJsonThatNobodyCanRead) {
  write_payment("f\xE9vrier/pay.csv", "A", "1.50");
  write_payment("f\xE9vrier/more.csv", "B", "x");
  const std::vector<std::string> inputs{"f\xE9vrier/pay.csv", "f\xE9vrier/more.csv"};
  EXPECT_EQ(load_inputs(inputs).exit_code, 1);
  EXPECT_EQ(outcomes().at(1).file, "f\xEF\xBF\xBDvrier/pay.csv");
  for (const char* name : {"run.json", "outcomes.ndjson", "attempts.ndjson", "summary.json"})
    expect_json("run/" + std::string(name));
  write("report.json", payferry({"report", "run", "--json"}).out);
  expect_json("report.json");
  const ProcessResult verified = payferry({"verify", "run"});
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  expect_json("run/verify.json");

  const ProcessResult again = load_inputs(inputs);
  EXPECT_EQ(again.exit_code, 1) << again.err;
  EXPECT_THAT(again.out + again.err, HasSubstr("there is nothing to do"));
}

}  // namespace
}  // namespace payferry::test

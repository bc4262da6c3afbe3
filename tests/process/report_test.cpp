#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <csignal>

#include "bench/harness/payment_generator.hpp"
#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

class ReportTest : public LoadFixture {
 protected:
  void write_payments(std::uint64_t records) const {
    bench::GeneratorOptions options;
    options.records = records;
    options.seed = 11;
    options.bad_share = 0.02;
    bench::PaymentGenerator generator(options);
    std::string text;
    generator.append_head(text);
    for (std::uint64_t record = 0; record < records; ++record) generator.append_next(text);
    write("payments.csv", text);
  }
  json::object report_json() {
    const ProcessResult result = payferry({"report", file("run").string(), "--json"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return json::parse(result.out).as_object();
  }
};

TEST_F(ReportTest, ItsNumbersEqualTheSummaryAndTheResultsLog) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(2000);
  EXPECT_EQ(load({"--html", file("load.html").string()}).exit_code, 1);
  const json::object report = report_json();
  const json::value summary = json::parse(read("run/summary.json"));
  for (const auto& [key, value] : summary.as_object()) EXPECT_EQ(report.at(key), value) << key;

  std::map<std::string, std::int64_t> told;
  for (const json::value& cause : report.at("causes").as_array())
    told[std::string(cause.at("code").as_string())] += cause.at("count").to_number<std::int64_t>();
  std::map<std::string, std::int64_t> logged;
  for (const auto& [number, line] : outcomes())
    if (!is_loaded(line.outcome.status)) ++logged[line.outcome.refusal->code];
  EXPECT_EQ(told, logged);

  EXPECT_THAT(payferry({"report", file("run").string()}).out, HasSubstr("They balance"));
  EXPECT_EQ(payferry({"report", file("run").string(), "--html", file("r.html").string()}).exit_code,
            0);
  EXPECT_EQ(read("r.html"), read("load.html"));
  EXPECT_THAT(read("r.html"), HasSubstr("Complete, with refused records"));
}

TEST_F(ReportTest, ARunThatIsAtWorkOrKilledIsReportedAndNotTouched) {
  simulator_.hubspot.latency = 50ms;
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(8000);
  const auto process = start_payferry(load_arguments({"--set", "limits.connections=2"}));
  while (!std::filesystem::exists(file("run/outcomes.ndjson"))) {
    ASSERT_FALSE(process->wait(20ms)) << "it ended before it wrote an outcome";
  }
  EXPECT_TRUE(report_json().at("unfinished").as_bool());
  process->send_signal(SIGKILL);
  ASSERT_TRUE(process->wait(10s));
  const std::string before = read("run/attempts.ndjson");
  const json::object report = report_json();
  EXPECT_TRUE(report.at("unfinished").as_bool());
  EXPECT_GE(report.at("records").to_number<std::int64_t>(),
            static_cast<std::int64_t>(outcomes().size()));
  EXPECT_EQ(read("run/attempts.ndjson"), before);
  EXPECT_EQ(payferry({"resume", file("run").string(), "--progress", "none"}).exit_code, 1);
  EXPECT_FALSE(report_json().at("unfinished").as_bool());
}

TEST_F(ReportTest, WhereNoRunStandsTheExitCodeIsTwo) {
  const ProcessResult result = payferry({"report", file("nothing").string()});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("No run stands in"));
}

}  // namespace
}  // namespace payferry::test

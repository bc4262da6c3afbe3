#include <gmock/gmock.h>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using ::testing::HasSubstr;

/// Each ready-made config with a small file such as its service exports.
class ExportsTest : public LoadFixture, public testing::WithParamInterface<const char*> {
 protected:
  std::vector<std::string> with_account(std::vector<std::string> arguments) const {
    for (const std::string& set :
         {"hubspot.base_url=" + base_url(), "hubspot.ca_file=" + file("ca.pem").string()}) {
      arguments.emplace_back("--set");
      arguments.push_back(set);
    }
    return arguments;
  }
};

TEST_P(ExportsTest, IsRecognisedFitsTheAccountAndLoads) {
  simulator_.hubspot.account.currencies = {"USD", "EUR", "GBP"};
  start_simulator();
  const std::string name = GetParam();
  const auto source =
      std::filesystem::path(PAYFERRY_SOURCE_DIR) / "tests/process/exports" / (name + ".csv");
  const std::string config = file("export.toml").string();
  const ProcessResult guessed = payferry({"init", source.string(), "-o", config});
  ASSERT_EQ(guessed.exit_code, 0) << guessed.err;
  EXPECT_THAT(unwrapped(guessed.err), HasSubstr("of the kind " + name + ","));
  const ProcessResult checked = payferry(with_account({"check", "-c", config, source.string()}));
  EXPECT_EQ(checked.exit_code, 0) << checked.err << checked.out;
  const ProcessResult loaded = payferry(
      with_account({"load", "-c", config, "--run-dir", file("run").string(), source.string()}));
  EXPECT_EQ(loaded.exit_code, 0) << loaded.err << loaded.out;
  EXPECT_EQ(summary().tally.created, 3U);
}

INSTANTIATE_TEST_SUITE_P(Services, ExportsTest,
                         testing::Values("stripe-payments", "stripe-balance",
                                         "stripe-balance-report", "paypal-activity", "braintree",
                                         "square-transactions", "shopify-transactions",
                                         "gocardless-payments"),
                         [](const auto& service) {
                           std::string name = service.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace payferry::test

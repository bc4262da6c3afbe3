#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "model/decimal.hpp"
#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

/// Where the 25,900 payments of the "Online Retail" data set are, if they are there.
std::filesystem::path real_payments() {
  if (const char* path = std::getenv("PAYFERRY_REAL_PAYMENTS")) return path;
  return std::filesystem::path(PAYFERRY_SOURCE_DIR).parent_path() /
         "shared/data/online-retail-payments.csv";
}

struct Payment {
  std::string invoice;
  std::string amount;
};

/// Invoice and amount stand before the first column that may be quoted.
std::vector<Payment> read_payments(const std::filesystem::path& path) {
  std::vector<Payment> payments;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    Payment payment;
    std::string paid_at;
    std::getline(cells, payment.invoice, ',');
    std::getline(cells, paid_at, ',');
    std::getline(cells, payment.amount, ',');
    payments.push_back(payment);
  }
  return payments;
}

class RealPaymentsTest : public LoadFixture {};

TEST_F(RealPaymentsTest, SourceOutcomesAndHubSpotAgreeRowByRow) {
  const auto source = real_payments();
  if (!std::filesystem::exists(source)) GTEST_SKIP() << source << " is not there";
  simulator_.hubspot.faults.with(simulator::Fault::reset, 0.02)
      .with(simulator::Fault::bad_gateway, 0.02);
  start_simulator();
  write_config(R"(
hs_external_reference_id = { from = "Invoice" }
hs_initial_amount        = { from = "Amount", type = "decimal" }
hs_initiated_date        = { from = "Paid at", type = "datetime", format = "%Y-%m-%d %H:%M:%S", timezone = "Europe/London" }
hs_currency_code         = { from = "Currency", default = "GBP" }
hs_latest_status         = { value = "succeeded" }
hs_processor_type        = { value = "none" }
hs_internal_comment      = { from = "First item" }
hs_billing_address_country = { from = "Country" }
)");
  std::filesystem::create_symlink(source, file("payments.csv"));
  const ProcessResult result = load();
  ASSERT_EQ(result.exit_code, 0) << result.err << result.out;

  const std::vector<Payment> payments = read_payments(source);
  ASSERT_EQ(payments.size(), 25'900U);
  const auto all = outcomes();
  ASSERT_EQ(all.size(), payments.size());
  Decimal sum;
  with_hubspot([&](simulator::SimulatedHubSpot& hubspot) {
    EXPECT_EQ(hubspot.live_records("commerce_payments"), payments.size());
    for (std::size_t row = 0; row < payments.size(); ++row) {
      const OutcomeLine& line = all.at(row + 1);
      EXPECT_EQ(line.key, payments[row].invoice);
      EXPECT_TRUE(is_loaded(line.outcome.status)) << line.key;
      const auto stored = hubspot.value_of("commerce_payments", "hs_external_reference_id",
                                           line.key, "hs_initial_amount");
      ASSERT_TRUE(stored) << line.key;
      EXPECT_EQ(*stored, payments[row].amount) << line.key;
      sum += Decimal::parse(*stored).value();
    }
  });
  const CurrencyTotals books =
      summary().tally.totals.by_currency().at(Currency::parse("GBP").value());
  EXPECT_EQ(books.read.sum, sum);
  EXPECT_EQ(books.loaded, books.read);
}

}  // namespace
}  // namespace payferry::test

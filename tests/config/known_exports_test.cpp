#include "config/known_exports.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "config/load_settings.hpp"
#include "model/mapping.hpp"

namespace payferry {
namespace {

using Cells = std::vector<std::string>;

/// A row that the service's export typically has, and the input that is to become of it.
struct Example {
  std::string name;
  Cells header;
  Cells row;
  std::string properties;
};

Settings settings_of(const KnownExport& known) {
  ConfigSource source;
  source.file_name = std::string(known.name) + ".toml";
  source.toml = known.toml;
  const auto settings = load_settings(source);
  EXPECT_TRUE(settings.has_value()) << settings.error().to_string();
  return settings.value_or(Settings());
}

const KnownExport& export_named(std::string_view name) {
  const auto& all = known_exports();
  return *std::find_if(all.begin(), all.end(),
                       [&](const KnownExport& known) { return known.name == name; });
}

std::string properties_of(const std::string& input) {
  const std::size_t start = input.find("\"properties\":{") + 14;
  return input.substr(start, input.find('}', start) - start);
}

std::string mapped(const Settings& settings, const Cells& header, const Cells& row) {
  const auto mapping = Mapping::compile(settings.mapping, header);
  if (!mapping) return mapping.error().message;
  const std::vector<std::string_view> cells(row.begin(), row.end());
  Record record;
  record.number = RecordNumber(1);
  record.cells = cells;
  std::string input;
  MappedRecord result;
  mapping->map(record, input, result);
  return result.error ? result.error->message : properties_of(input);
}

class KnownExportTest : public testing::TestWithParam<Example> {};

TEST_P(KnownExportTest, IsRecognisedByItsHeader) {
  const KnownExport* const known = recognise_export(GetParam().header);
  ASSERT_NE(known, nullptr);
  EXPECT_EQ(known->name, GetParam().name);
}

TEST_P(KnownExportTest, MapsATypicalRow) {
  const Settings settings = settings_of(export_named(GetParam().name));
  EXPECT_EQ(mapped(settings, GetParam().header, GetParam().row), GetParam().properties);
}

INSTANTIATE_TEST_SUITE_P(
    Services, KnownExportTest,
    testing::Values(
        Example{
            "stripe-payments",
            {"id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Captured",
             "Converted Amount", "Description", "Fee", "PaymentIntent ID", "Status", "Card Last4",
             "Card Brand", "Customer ID", "Customer Email", "Invoice ID"},
            {"ch_3Tf4", "2026-06-05 20:38:34", "3125.00", "0.00", "usd", "true", "3125.00",
             "INV-0168", "90.93", "pi_1", "Paid", "4242", "Visa", "cus_1", "ann@example.com", ""},
            R"("hs_currency_code":"USD",)"
            R"("hs_external_reference_id":"ch_3Tf4","hs_initial_amount":"3125.00",)"
            R"("hs_initiated_date":"2026-06-05T20:38:34.000Z","hs_refunds_amount":"0.00","hs_fees_amount":"90.93",)"
            R"("hs_customer_email":"ann@example.com","hs_payment_method_bank_or_issuer":"Visa",)"
            R"("hs_payment_method_last_4":"4242","hs_reference_number":"pi_1","hs_internal_comment":"INV-0168",)"
            R"("hs_processor_type":"none","hs_latest_status":"succeeded")"},
        Example{
            "stripe-balance",
            {"id", "Type", "Source", "Amount", "Fee", "Destination Platform Fee", "Net", "Currency",
             "Created (UTC)", "Available On (UTC)", "Description"},
            {"txn_1", "refund", "ch_1", "-29.00", "0.00", "", "-29.00", "aud", "2026-01-21 07:21",
             "2026-01-27 00:00", "Refund"},
            R"("hs_currency_code":"AUD",)"
            R"("hs_external_reference_id":"txn_1","hs_initial_amount":"-29.00",)"
            R"("hs_initiated_date":"2026-01-21T07:21:00.000Z","hs_payout_date":"2026-01-27T00:00:00.000Z",)"
            R"("hs_fees_amount":"0.00","hs_reference_number":"ch_1","hs_internal_comment":"Refund",)"
            R"("hs_processor_type":"none","hs_latest_status":"refunded")"},
        Example{"stripe-balance-report",
                {"balance_transaction_id", "created_utc", "available_on_utc", "currency", "gross",
                 "fee", "net", "reporting_category", "source_id", "description"},
                {"txn_3Q1", "2026-09-14 10:02:11", "2026-09-16 00:00:00", "eur", "600.00", "8.70",
                 "591.30", "charge", "ch_3Q1", "Order 1041"},
                R"("hs_currency_code":"EUR",)"
                R"("hs_external_reference_id":"txn_3Q1","hs_initial_amount":"600.00",)"
                R"("hs_initiated_date":"2026-09-14T10:02:11.000Z","hs_fees_amount":"8.70",)"
                R"("hs_internal_comment":"Order 1041","hs_processor_type":"none",)"
                R"("hs_latest_status":"succeeded")"},
        Example{"paypal-activity",
                {"Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross", "Fee",
                 "Net", "From Email Address", "To Email Address", "Transaction ID",
                 "Invoice Number", "Balance", "Subject"},
                {"09/02/2026", "10:00:00", "PDT", "Jane Client", "Invoice Payment", "Completed",
                 "USD", "1,500.00", "-14.80", "1,485.20", "jane@example.com", "shop@example.com",
                 "91C639911G078574E", "INV-1", "1,485.20", ""},
                R"("hs_currency_code":"USD",)"
                R"("hs_external_reference_id":"91C639911G078574E","hs_initial_amount":"1500.00",)"
                R"("hs_initiated_date":"2026-09-02T07:00:00.000Z",)"
                R"("hs_customer_email":"jane@example.com","hs_reference_number":"INV-1",)"
                R"("hs_payment_method_type":"other","hs_payment_method_bank_or_issuer":"PayPal",)"
                R"("hs_processor_type":"none","hs_latest_status":"succeeded")"},
        Example{
            "braintree",
            {"Transaction ID", "Subscription ID", "Transaction Type", "Transaction Status",
             "Created Datetime", "Created Timezone", "Settlement Date", "Merchant Account",
             "Currency ISO Code", "Amount Authorized", "Amount Submitted For Settlement",
             "Service Fee", "Order ID", "Card Type", "Last Four of Credit Card", "Customer Email"},
            {"8xk2", "", "sale", "settled", "01/31/2026 14:03:05", "UTC", "02/01/2026", "shop",
             "USD", "10.00", "10.00", "", "A-1", "Visa", "1111", "ann@example.com"},
            R"("hs_currency_code":"USD",)"
            R"("hs_external_reference_id":"8xk2","hs_initial_amount":"10.00",)"
            R"("hs_initiated_date":"2026-01-31T14:03:05.000Z",)"
            R"("hs_customer_email":"ann@example.com","hs_payment_method_bank_or_issuer":"Visa",)"
            R"("hs_payment_method_last_4":"1111","hs_reference_number":"A-1","hs_processor_type":"none",)"
            R"("hs_latest_status":"succeeded")"},
        Example{
            "square-transactions",
            {"Date", "Time", "Time Zone", "Gross Sales", "Total Collected", "Source", "Card",
             "Cash", "Fees", "Net Total", "Transaction ID", "Payment ID", "Card Brand",
             "PAN Suffix", "Description", "Event Type", "Location"},
            {"2026-09-13", "10:02:11", "Eastern Time (US & Canada)", "$30.00", "$31.16",
             "Point of Sale", "$31.16", "$0.00", "-$0.93", "$30.23", "SQA1x", "PA1", "Visa", "0000",
             "Speckled Mug", "Payment", "Main"},
            R"("hs_currency_code":"USD",)"
            R"("hs_external_reference_id":"PA1","hs_initial_amount":"31.16",)"
            R"("hs_initiated_date":"2026-09-13T04:00:00.000Z",)"
            R"("hs_payment_method_bank_or_issuer":"Visa","hs_payment_method_last_4":"0000",)"
            R"("hs_reference_number":"SQA1x","hs_internal_comment":"Speckled Mug","hs_processor_type":"none",)"
            R"("hs_latest_status":"succeeded")"},
        Example{"shopify-transactions",
                {"Order", "Name", "Kind", "Gateway", "Created At", "Status", "Amount", "Currency",
                 "Card Type"},
                {"5550000002", "#1003", "sale", "shopify_payments", "2026-09-12 12:00:00 -0400",
                 "success", "16.00", "USD", "Visa"},
                R"("hs_currency_code":"USD",)"
                R"("hs_initial_amount":"16.00","hs_initiated_date":"2026-09-12T16:00:00.000Z",)"
                R"("hs_payment_method_bank_or_issuer":"Visa","hs_reference_number":"#1003",)"
                R"("hs_internal_comment":"shopify_payments","hs_processor_type":"none",)"
                R"("hs_latest_status":"succeeded")"},
        Example{
            "gocardless-payments",
            {"id", "created_at", "charge_date", "amount", "description", "currency", "status",
             "amount_refunded", "reference", "transaction_fee", "payout_date", "app_fee",
             "links.mandate", "customers.id", "customers.email"},
            {"PM123", "2026-01-05T10:00:00.000Z", "2026-01-08", "10.00", "Gold plan", "GBP",
             "paid_out", "0.00", "WINE", "0.20", "2026-01-09", "", "MD1", "CU1", "ann@example.com"},
            R"("hs_currency_code":"GBP",)"
            R"("hs_external_reference_id":"PM123","hs_initial_amount":"10.00",)"
            R"("hs_initiated_date":"2026-01-05T10:00:00.000Z","hs_payout_date":"2026-01-09T00:00:00.000Z",)"
            R"("hs_customer_email":"ann@example.com","hs_refunds_amount":"0.00",)"
            R"("hs_fees_amount":"0.20","hs_reference_number":"WINE","hs_internal_comment":"Gold plan",)"
            R"("hs_processor_type":"none","hs_payment_method_type":"bacs","hs_latest_status":"succeeded")"}),
    [](const auto& example) {
      std::string name = example.param.name;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

TEST(KnownExports, AllHaveAnExample) {
  EXPECT_EQ(known_exports().size(), 8U);
}

TEST(KnownExports, AreNotRecognisedInOtherFiles) {
  EXPECT_EQ(recognise_export(Cells{"Invoice", "Paid at", "Amount", "Currency", "Customer"}),
            nullptr);
  EXPECT_EQ(recognise_export(Cells{"id", "Amount", "Currency", "Status"}), nullptr);
  EXPECT_EQ(recognise_export(Cells{}), nullptr);
}

TEST(KnownExports, AreRecognisedWithoutAFewOfTheirColumns) {
  const KnownExport* const known =
      recognise_export(Cells{"id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency",
                             "Fee", "Status", "Description"});
  ASSERT_NE(known, nullptr);
  EXPECT_EQ(known->name, "stripe-payments");
}

}  // namespace
}  // namespace payferry

#include "config/guess.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/load_settings.hpp"
#include "model/mapping.hpp"

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Cells = std::vector<std::string>;

tl::expected<Settings, ConfigError> loaded(const GuessedConfig& guessed) {
  ConfigSource source;
  source.file_name = "payments.toml";
  source.toml = guessed.toml;
  return load_settings(source);
}

std::string properties_of(const std::string& input) {
  const std::size_t start = input.find("\"properties\":{") + 14;
  return input.substr(start, input.find('}', start) - start);
}

/// The properties that the sample's first row gets with the guessed config.
std::string first_input(const Sample& sample) {
  const GuessedConfig guessed = guess_config(sample);
  const auto settings = loaded(guessed);
  if (!settings) return settings.error().to_string() + '\n' + guessed.toml;
  const auto mapping = Mapping::compile(settings->mapping, sample.header);
  if (!mapping) return mapping.error().message;
  const std::vector<std::string_view> cells(sample.rows[0].begin(), sample.rows[0].end());
  Record record;
  record.number = RecordNumber(1);
  record.cells = cells;
  std::string input;
  MappedRecord mapped;
  mapping->map(record, input, mapped);
  return mapped.error ? mapped.error->message : properties_of(input);
}

Sample shop_sample() {
  return {
      {"Invoice", "Paid at", "Amount", "Currency", "Customer", "Country", "Lines", "First item"},
      {{"536365", "2010-12-01 08:26:00", "139.12", "GBP", "17850", "United Kingdom", "7", "HOLDER"},
       {"536366", "2010-12-01 08:28:00", "-22.20", "GBP", "17850", "United Kingdom", "2",
        "WARMER"}},
      ','};
}

TEST(GuessConfig, FindsTheColumnsOfAnEnglishFile) {
  EXPECT_EQ(first_input(shop_sample()),
            R"("hs_currency_code":"GBP","hs_external_reference_id":"536365",)"
            R"("hs_initial_amount":"139.12","hs_initiated_date":"2010-12-01T08:26:00.000Z",)"
            R"("hs_latest_status":"succeeded",)"
            R"("hs_billing_address_country":"United Kingdom","hs_processor_type":"none")");
}

TEST(GuessConfig, WritesAConfigForPeople) {
  EXPECT_EQ(guess_config(shop_sample()).toml,
            R"(# Guessed by payferry init from the file's header and first rows: look at every line.
# Then see what would become of the file, without sending anything: payferry check -c THIS_FILE INPUT

[hubspot]
object = "commerce_payments"
# The token is read from the environment variable HUBSPOT_TOKEN; another one: token_env = "…".
id_property = "hs_external_reference_id"

[properties]
hs_external_reference_id = { from = "Invoice" }
hs_initial_amount = { from = "Amount", type = "decimal" }
# In which time zone are these times? Write its IANA name, such as "Europe/London".
hs_initiated_date = { from = "Paid at", type = "datetime", format = "%Y-%m-%d %H:%M:%S", timezone = "UTC" }
hs_currency_code = { from = "Currency" }
# No column tells how the payments ended. HubSpot would take them for "processing":
hs_latest_status = { value = "succeeded" }
hs_billing_address_country = { from = "Country" }
hs_processor_type = { value = "none" }

# Columns that are not loaded: "Customer", "Lines", "First item"
)");
  EXPECT_THAT(guess_config(shop_sample()).missing, IsEmpty());
}

Sample whole_amounts(const std::string& currency, std::optional<char> delimiter) {
  return {{"Invoice", "Paid at", "Amount", "Currency"},
          {{"A", "2010-12-01 08:26:00", "1250", currency},
           {"B", "2010-12-01 08:28:00", "-99", currency}},
          delimiter};
}

TEST(GuessConfig, SaysThatWholeAmountsMayBeMinorUnits) {
  for (const std::optional<char> delimiter : {std::optional(','), std::optional<char>()}) {
    EXPECT_THAT(guess_config(whole_amounts("GBP", delimiter)).toml,
                HasSubstr("# Every amount looked at is a whole number. If 1250 means 12.50 here, "
                          "write type = \"minor_units\", or all of it is 100 times too much.\n"
                          "hs_initial_amount = { from = \"Amount\", type = \"decimal\" }\n"))
        << "CSV and NDJSON alike";
  }
  EXPECT_THAT(guess_config(whole_amounts("JPY", ',')).toml, Not(HasSubstr("whole number")))
      << "yen have no minor unit";
  EXPECT_THAT(guess_config(whole_amounts("", ',')).missing, IsEmpty());
}

TEST(GuessConfig, SaysItOfAmountsWithThousandsGroupedToo) {
  const auto guess_with = [](const char* amount, char delimiter) {
    Sample sample = whole_amounts("GBP", delimiter);
    sample.rows[0][2] = amount;
    return guess_config(sample).toml;
  };
  EXPECT_THAT(guess_with("1,250", ','), HasSubstr("is a whole number"));
  EXPECT_THAT(guess_with("1,234,567", ','), HasSubstr("is a whole number"));
  EXPECT_THAT(guess_with("1.250", ';'), HasSubstr("is a whole number"));
  EXPECT_THAT(guess_with("1,250", ';'), Not(HasSubstr("is a whole number"))) << "decimals";
  EXPECT_THAT(guess_with("1,250.50", ','), Not(HasSubstr("is a whole number")));
  EXPECT_THAT(guess_with("\xC2\xA3"
                         "1,250",
                         ','),
              Not(HasSubstr("is a whole number")))
      << "nobody writes minor units with a sign";
}

TEST(GuessConfig, FindsTheColumnsOfAGermanFile) {
  const Sample sample{
      {"Belegnr.", "Buchungsdatum", "Betrag", "Währung", "Zahlungsstatus", "Zahlungsart", "Gebühr",
       "E-Mail"},
      {{"R-1", "31.01.2026", "1.234,50", "EUR", "bezahlt", "Kreditkarte", "1,20",
        "ann@example.com"},
       {"R-2", "01.02.2026", "9,90", "EUR", "erstattet", "Überweisung", "0,00", "bob@example.com"}},
      ';'};
  EXPECT_EQ(
      first_input(sample),
      R"("hs_currency_code":"EUR","hs_external_reference_id":"R-1",)"
      R"("hs_initial_amount":"1234.50","hs_initiated_date":"2026-01-31T00:00:00.000Z",)"
      R"("hs_latest_status":"succeeded","hs_fees_amount":"1.20",)"
      R"("hs_customer_email":"ann@example.com","hs_payment_method_type":"card","hs_processor_type":"none")");
  EXPECT_THAT(guess_config(sample).toml, HasSubstr("delimiter = \";\""));
}

TEST(GuessConfig, FindsTheColumnsOfAFrenchFile) {
  const Sample sample{{"Numéro de facture", "Date de paiement", "Montant TTC", "Devise", "Statut",
                       "Mode de paiement"},
                      {{"F-1", "31/01/2026 14:05", "12,00 €", "EUR", "Payé", "Carte bancaire"},
                       {"F-2", "01/02/2026 09:00", "1 200,00 €", "EUR", "Remboursé", "Virement"}},
                      ';'};
  EXPECT_EQ(
      first_input(sample),
      R"("hs_currency_code":"EUR","hs_external_reference_id":"F-1",)"
      R"("hs_initial_amount":"12.00","hs_initiated_date":"2026-01-31T14:05:00.000Z",)"
      R"("hs_latest_status":"succeeded","hs_payment_method_type":"card","hs_processor_type":"none")");
}

TEST(GuessConfig, FindsTheColumnsOfASpanishFile) {
  const Sample sample{
      {"Número de factura", "Fecha de pago", "Importe (EUR)", "Estado", "Forma de pago"},
      {{"A1", "31/01/2026", "12,00", "Pagado", "Tarjeta"},
       {"A2", "01/02/2026", "13,00", "Fallido", "Efectivo"}},
      ';'};
  EXPECT_EQ(
      first_input(sample),
      R"("hs_currency_code":"EUR","hs_external_reference_id":"A1",)"
      R"("hs_initial_amount":"12.00","hs_initiated_date":"2026-01-31T00:00:00.000Z",)"
      R"("hs_latest_status":"succeeded","hs_payment_method_type":"card","hs_processor_type":"none")");
}

TEST(GuessConfig, ReadsPathsMinorUnitsAndEpochsOfNdjson) {
  const Sample sample{{"id", "amount_cents", "currency", "created", "customer.email"},
                      {{"p1", "1250", "usd", "1767225600", "ann@example.com"},
                       {"p2", "99", "usd", "1767225601", ""}},
                      std::nullopt};
  EXPECT_EQ(
      first_input(sample),
      R"("hs_currency_code":"USD","hs_external_reference_id":"p1",)"
      R"("hs_initial_amount":"12.50","hs_initiated_date":"2026-01-01T00:00:00.000Z",)"
      R"("hs_latest_status":"succeeded","hs_customer_email":"ann@example.com","hs_processor_type":"none")");
  EXPECT_THAT(guess_config(sample).toml, HasSubstr("format = \"ndjson\""));
}

TEST(GuessConfig, SaysWhatItChoseByTheCellsAlone) {
  const Sample sample{
      {"a", "b", "c"}, {{"k1", "1.50", "2026-01-31"}, {"k2", "2", "2026-02-01"}}, ','};
  const std::string toml = guess_config(sample).toml;
  EXPECT_THAT(toml,
              HasSubstr("# Chosen since its values are dates: is it when the payment was made?\n"
                        "# In which time zone"));
  EXPECT_THAT(toml, HasSubstr("# Chosen since its values are amounts: is it what was paid?\n"
                              "hs_initial_amount = { from = \"b\""));
  EXPECT_THAT(first_input(sample), HasSubstr(R"("hs_initiated_date":"2026-01-31T00:00:00.000Z")"));
}

TEST(GuessConfig, SaysWhatIsMissing) {
  const Sample sample{{"Name", "Note"}, {{"x", "a"}, {"x", "b"}}, ','};
  const GuessedConfig guessed = guess_config(sample);
  EXPECT_THAT(
      guessed.missing,
      ElementsAre(
          "hs_initial_amount: no column looks like the amount paid; write its name into the config",
          "hs_initiated_date: no column looks like the day or moment of the payment; write its "
          "name "
          "into the config"));
  const auto settings = loaded(guessed);
  ASSERT_FALSE(settings.has_value());
  EXPECT_EQ(settings.error().problems().size(), 2U);
  EXPECT_EQ(settings.error().problems()[0].key, "properties.hs_initial_amount");
}

TEST(GuessConfig, LeavesTheIdOutWhereNoColumnIsUnique) {
  const Sample sample{{"Invoice", "Date", "Amount"},
                      {{"1", "2026-01-01", "5.00"}, {"1", "2026-01-02", "6.00"}},
                      ','};
  const GuessedConfig guessed = guess_config(sample);
  ASSERT_TRUE(loaded(guessed).has_value()) << loaded(guessed).error().to_string();
  EXPECT_EQ(loaded(guessed)->mapping.id_property, "");
  EXPECT_THAT(guessed.toml, HasSubstr("# id_property = \"hs_external_reference_id\""));
}

TEST(GuessConfig, TakesAColumnOfUniqueValuesForTheIdAndSaysSo) {
  const Sample sample{{"Vorgang", "Date", "Amount"},
                      {{"1001", "2026-01-01", "5.00"}, {"1002", "2026-01-01", "6.00"}},
                      ','};
  const GuessedConfig guessed = guess_config(sample);
  EXPECT_THAT(guessed.toml,
              HasSubstr("is it an id?\nhs_external_reference_id = { from = \"Vorgang\" }"));
}

TEST(GuessConfig, SaysWhenDayAndMonthCannotBeToldApart) {
  const Sample sample{
      {"id", "Date", "Amount"}, {{"a", "01/02/2026", "5.00"}, {"b", "03/04/2026", "6.00"}}, ','};
  EXPECT_THAT(guess_config(sample).toml, HasSubstr("Day and month could be the other way round"));
  EXPECT_THAT(guess_config(sample).toml, HasSubstr("%d/%m/%Y"));
  const Sample dollars{
      {"id", "Date", "Amount"}, {{"a", "01/02/2026", "$5.00"}, {"b", "03/04/2026", "$6.00"}}, ','};
  EXPECT_THAT(guess_config(dollars).toml, HasSubstr("%m/%d/%Y"));
  EXPECT_THAT(guess_config(dollars).toml, HasSubstr("hs_currency_code = { value = \"USD\" }"));
}

TEST(GuessConfig, ListsTheStatusWordsThatItDoesNotUnderstand) {
  const Sample sample{{"id", "Date", "Amount", "Status"},
                      {{"a", "2026-01-01", "5", "paid"}, {"b", "2026-01-02", "6", "weird \"one\""}},
                      ','};
  const GuessedConfig guessed = guess_config(sample);
  EXPECT_THAT(
      guessed.toml,
      HasSubstr(
          "# Not understood, and `invalid` until the map has them: \"weird \\\"one\\\"\".\n"));
  EXPECT_THAT(guessed.toml, HasSubstr("map = { paid = \"succeeded\" }"));
  EXPECT_TRUE(loaded(guessed).has_value());
}

TEST(GuessConfig, TakesAKnownExport) {
  const Sample sample{{"Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross",
                       "Fee", "Net", "From Email Address", "Transaction ID", "Subject"},
                      {{"31/01/2026", "10:00:00", "CET", "Ann", "Payment", "Completed", "EUR",
                        "-1.500,00", "0,00", "-1.500,00", "ann@example.com", "91C6", ""}},
                      ','};
  const GuessedConfig guessed = guess_config(sample);
  EXPECT_EQ(guessed.export_name, "paypal-activity");
  EXPECT_THAT(guessed.toml, HasSubstr("type = \"decimal\", decimal = \",\""));
  EXPECT_THAT(guessed.toml, HasSubstr("format = \"%d/%m/%Y\""));
  EXPECT_THAT(
      guessed.toml,
      HasSubstr("# hs_reference_number = { from = \"Invoice Number\" }  # not in this file"));
  EXPECT_EQ(first_input(sample),
            R"("hs_currency_code":"EUR","hs_external_reference_id":"91C6",)"
            R"("hs_initial_amount":"-1500.00","hs_initiated_date":"2026-01-31T08:00:00.000Z",)"
            R"("hs_customer_email":"ann@example.com","hs_payment_method_type":"other",)"
            R"("hs_payment_method_bank_or_issuer":"PayPal","hs_processor_type":"none",)"
            R"("hs_latest_status":"succeeded")");
}

TEST(GuessConfig, CommentsOutTheTableOfAColumnThatAKnownExportLacks) {
  const Sample sample{
      {"id", "Created date (UTC)", "Amount", "Amount Refunded", "Fee", "Status", "Description"},
      {{"ch_1", "2026-06-05 20:38:34", "5.00", "0.00", "0.10", "Paid", ""}},
      ';'};
  const GuessedConfig guessed = guess_config(sample);
  EXPECT_EQ(guessed.export_name, "stripe-payments");
  EXPECT_THAT(guessed.toml, HasSubstr("# [properties.hs_currency_code]\n"));
  EXPECT_THAT(guessed.toml, HasSubstr("# usd = \"USD\"\n"));
  EXPECT_THAT(guessed.toml, HasSubstr("[input]\ndelimiter = \";\"\n\n[properties]"));
  ASSERT_TRUE(loaded(guessed).has_value()) << loaded(guessed).error().to_string();
  EXPECT_THAT(first_input(sample), Not(HasSubstr("hs_currency_code")));
}

TEST(GuessConfig, SurvivesHostileSamples) {
  for (const Sample& sample :
       {Sample{{}, {}, ','},
        Sample{{"", "\"", "a\nb", "\xC3"}, {{"x"}, {}, {"1", "2", "3", "4", "5"}}, '\t'},
        Sample{{"Amount", "Date"}, {}, ','},
        Sample{{"Amount", "Amount"}, {{"1", "2"}}, std::nullopt}}) {
    EXPECT_FALSE(guess_config(sample).toml.empty());
  }
}

TEST(GuessConfig, ListsOnlyTheFirstOfVeryManyColumns) {
  Sample sample{{"Payment ID", "Date", "Amount", "Currency"}, {}, ','};
  for (int i = 0; i < 100'000; ++i) sample.header.push_back("extra " + std::to_string(i));
  const GuessedConfig guessed = guess_config(sample);
  EXPECT_LT(guessed.toml.size(), 4000U);
  EXPECT_THAT(guessed.toml, HasSubstr("\"extra 0\", \"extra 1\""));
  EXPECT_THAT(guessed.toml, HasSubstr(" more\n"));
  EXPECT_TRUE(loaded(guessed).has_value());
}

TEST(GuessConfig, SaysHowTheFileIsEncoded) {
  Sample sample{{"Payment ID", "Date", "Amount", "Currency"}, {}, ';'};
  sample.encoding = InputEncoding::windows1252;
  EXPECT_THAT(guess_config(sample).toml,
              HasSubstr("[input]\ndelimiter = \";\"\nencoding = \"windows-1252\"\n"));
}

TEST(GuessConfig, NeedsNoRows) {
  const Sample sample{{"Payment ID", "Date", "Amount", "Currency"}, {}, ','};
  EXPECT_TRUE(loaded(guess_config(sample)).has_value());
}

}  // namespace
}  // namespace payferry

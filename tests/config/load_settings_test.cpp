#include "config/load_settings.hpp"

#include <date/tz.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <string>
#include <vector>

#include "config/config_text.hpp"

namespace payferry {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::errors_of;
using test::kMinimal;
using test::override_error;
using test::property_error;
using test::settings_of;
using test::source_of;
using test::with;

TEST(LoadSettings, TakesDefaultsForWhatIsNotSaid) {
  const Settings settings = settings_of(std::string(kMinimal));
  EXPECT_EQ(settings.hubspot.base_url, "https://api.hubapi.com");
  EXPECT_EQ(settings.hubspot.object, "commerce_payments");
  EXPECT_EQ(settings.hubspot.api_version, "v3");
  EXPECT_EQ(settings.hubspot.token_env, std::nullopt);
  EXPECT_EQ(settings.hubspot.on_existing, OnExisting::keep);
  EXPECT_EQ(settings.input.delimiter, ',');
  EXPECT_EQ(settings.limits.requests, 190U);
  EXPECT_EQ(settings.limits.connections, std::nullopt);
  EXPECT_EQ(settings.retry.request_timeout, seconds(110));
  EXPECT_EQ(settings.results.durability, Durability::commit);
  EXPECT_EQ(settings.mapping.id_property, "");
  EXPECT_EQ(settings.mapping.write, WriteMode::create);
}

TEST(LoadSettings, ReadsEveryKeyOfTheHubSpotSection) {
  const Settings settings = settings_of(R"([hubspot]
base_url    = "https://127.0.0.1:8443/"
object      = "0-101"
api_version = "2026-03"
token_file  = "/run/token"
ca_file     = "ca.pem"
proxy       = "http://proxy:3128"
client_certificate_file = "client.pem"
client_key_file = "client.key"
allow_http  = true
write       = "upsert"
id_property = "hs_external_reference_id"
on_existing = "keep"
run_property = "payferry_run"

[properties]
hs_external_reference_id = { from = "Invoice" }
hs_initial_amount = { from = "Amount", type = "decimal" }
hs_initiated_date = { from = "Paid at", type = "datetime" }
)");
  EXPECT_EQ(settings.hubspot.base_url, "https://127.0.0.1:8443");
  EXPECT_EQ(settings.hubspot.object, "0-101");
  EXPECT_EQ(settings.hubspot.api_version, "2026-03");
  EXPECT_EQ(settings.hubspot.token_file, "/run/token");
  EXPECT_EQ(settings.hubspot.ca_file, "ca.pem");
  EXPECT_EQ(settings.hubspot.proxy, "http://proxy:3128");
  EXPECT_EQ(settings.hubspot.client_certificate_file, "client.pem");
  EXPECT_EQ(settings.hubspot.client_key_file, "client.key");
  EXPECT_TRUE(settings.hubspot.allow_http);
  EXPECT_EQ(settings.mapping.write, WriteMode::upsert);
  EXPECT_EQ(settings.mapping.id_property, "hs_external_reference_id");
  EXPECT_EQ(settings.mapping.run_property, "payferry_run");
}

TEST(LoadSettings, ReadsOAuthInsteadOfAToken) {
  const Settings settings = settings_of(with(R"([hubspot]
oauth = { client_id_env = "ID", client_secret_env = "SECRET", refresh_token_env = "REFRESH" })"));
  ASSERT_TRUE(settings.hubspot.oauth.has_value());
  EXPECT_EQ(settings.hubspot.oauth->client_id_env, "ID");
  EXPECT_EQ(settings.hubspot.oauth->client_secret_env, "SECRET");
  EXPECT_EQ(settings.hubspot.oauth->refresh_token_env, "REFRESH");
}

TEST(LoadSettings, AllowsHttpOnALoopbackAddressOnly) {
  const std::string_view http = "[hubspot]\nallow_http = true\nbase_url = ";
  EXPECT_EQ(errors_of(with(std::string(http) + "\"http://127.0.0.1:8080\"")), "no error");
  EXPECT_EQ(errors_of(with(std::string(http) + "\"http://localhost:8080\"")), "no error");
  EXPECT_EQ(errors_of(with(std::string(http) + "\"http://[::1]:8080\"")), "no error");
  EXPECT_EQ(errors_of(with(std::string(http) + "\"http://api.hubapi.com\"")),
            "payments.toml:3:1: hubspot.base_url: must be https: allow_http holds for a loopback "
            "address only, "
            "such as http://127.0.0.1:8080");
  EXPECT_EQ(errors_of(with(std::string(http) + "\"http://127.0.0.1.example.com\"")),
            "payments.toml:3:1: hubspot.base_url: must be https: allow_http holds for a loopback "
            "address only, "
            "such as http://127.0.0.1:8080");
}

TEST(LoadSettings, ReadsEveryKeyOfTheInputSection) {
  const Settings settings = settings_of(with(R"([input]
format = "ndjson"
compression = "zstd"
delimiter = "\t"
encoding = "windows-1252"
max_record_bytes = "64KiB")"));
  EXPECT_EQ(settings.input.format, InputFormat::ndjson);
  EXPECT_EQ(settings.input.compression, InputCompression::zstd);
  EXPECT_EQ(settings.input.delimiter, '\t');
  EXPECT_EQ(settings.input.encoding, InputEncoding::windows1252);
  EXPECT_EQ(settings.input.max_record_bytes, 65536U);
}

TEST(LoadSettings, ReadsEveryKeyOfLimitsRetryAndResults) {
  const Settings settings = settings_of(with(R"([limits]
requests = 100
window = "1m"
daily_reserve = "2.5%"
connections = 32
batch_records = 50
batch_bytes = 65536

[retry]
attempts = 3
base = "250ms"
cap = "2m"
request_timeout = "1h"
settle_after = "5s"
connect_timeout = "3s"

[results]
durability = "relaxed")"));
  EXPECT_EQ(settings.limits.requests, 100U);
  EXPECT_EQ(settings.limits.window, std::chrono::minutes(1));
  EXPECT_EQ(settings.limits.daily_reserve_percent, 2.5);
  EXPECT_EQ(settings.limits.connections, 32U);
  EXPECT_EQ(settings.limits.batch_records, 50U);
  EXPECT_EQ(settings.limits.batch_bytes, 65536U);
  EXPECT_EQ(settings.retry.attempts, 3U);
  EXPECT_EQ(settings.retry.base, milliseconds(250));
  EXPECT_EQ(settings.retry.cap, std::chrono::minutes(2));
  EXPECT_EQ(settings.retry.request_timeout, std::chrono::hours(1));
  EXPECT_EQ(settings.retry.settle_after, seconds(5));
  EXPECT_EQ(settings.retry.connect_timeout, seconds(3));
  EXPECT_EQ(settings.results.durability, Durability::relaxed);
}

TEST(LoadSettings, TakesAutoWhereItMeansSomething) {
  const Settings settings = settings_of(with(R"([limits]
requests = "auto"
connections = "auto"
[retry]
settle_after = "auto")"));
  EXPECT_EQ(settings.limits.requests, std::nullopt);
  EXPECT_EQ(settings.limits.connections, std::nullopt);
  EXPECT_EQ(settings.retry.settle_after, std::nullopt);
}

TEST(LoadSettings, ReadsPropertyRulesInTheOrderOfTheFile) {
  const Settings settings = settings_of(R"([properties]
hs_latest_status   = { from = "State", map = { paid = "succeeded", "*" = "failed" }, type = "enum" }
hs_initial_amount  = { from = "Amount", type = "decimal", decimal = "," }
hs_initiated_date  = { from = "Paid at", type = "datetime", format = "%Y-%m-%d %H:%M:%S", timezone = "Europe/London" }
hs_currency_code   = { from = "Currency", default = "GBP", trim = false }
hs_processor_type  = { value = "none" }
hs_internal_comment = { from = "Card note", allow_card_like = true, required = true }
)");
  const auto& rules = settings.mapping.properties;
  ASSERT_EQ(rules.size(), 6U);
  EXPECT_EQ(rules[0].property, "hs_latest_status");
  EXPECT_EQ(rules[0].place, "payments.toml:2:24");
  EXPECT_EQ(rules[4].place, "payments.toml:6:1");
  EXPECT_EQ(rules[0].type, ValueType::enumeration);
  EXPECT_EQ(rules[0].map,
            (std::map<std::string, std::string>{{"paid", "succeeded"}, {"*", "failed"}}));
  EXPECT_EQ(rules[1].property, "hs_initial_amount");
  EXPECT_EQ(rules[1].decimal_mark, ',');
  EXPECT_EQ(rules[2].format, "%Y-%m-%d %H:%M:%S");
  ASSERT_NE(rules[2].time_zone.table, nullptr);
  EXPECT_EQ(rules[2].time_zone.table->name(), "Europe/London");
  EXPECT_EQ(rules[2].time_zone.rules.changes_in(std::chrono::year(2038)).size(), 2U);
  EXPECT_EQ(rules[3].default_value, "GBP");
  EXPECT_FALSE(rules[3].trim);
  EXPECT_EQ(rules[4].value, "none");
  EXPECT_EQ(rules[4].from, std::nullopt);
  EXPECT_TRUE(rules[5].allow_card_like);
  EXPECT_TRUE(rules[5].required);
}

TEST(LoadSettings, TakesEveryType) {
  for (const std::string type :
       {"string", "decimal", "minor_units", "datetime", "date", "boolean", "email"}) {
    EXPECT_EQ(property_error("x = { from = \"X\", type = \"" + type + "\" }"), "no error") << type;
  }
}

TEST(LoadSettings, MakesMandatoryPropertiesRequired) {
  const Settings settings =
      settings_of("hubspot.id_property = \"ref\"\n" + std::string(kMinimal) +
                  "ref = { from = \"Invoice\" }\nhs_fees_amount = { from = \"Fee\" }");
  EXPECT_TRUE(settings.mapping.properties[0].required);
  EXPECT_TRUE(settings.mapping.properties[1].required);
  EXPECT_TRUE(settings.mapping.properties[2].required);
  EXPECT_FALSE(settings.mapping.properties[3].required);
}

TEST(LoadSettings, ReadsAssociations) {
  const Settings settings = settings_of(std::string(kMinimal) + R"(
[[associations]]
to = "contacts"
from = "Contact id"
type_id = 387
category = "USER_DEFINED"

[[associations]]
to = "contacts"
from = "Email"
match = "email"
missing = "reject"
)");
  const auto& rules = settings.mapping.associations;
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0].to, "contacts");
  EXPECT_EQ(rules[0].from, "Contact id");
  EXPECT_EQ(rules[0].type_id, 387U);
  EXPECT_EQ(rules[0].category, "USER_DEFINED");
  EXPECT_EQ(rules[0].match, std::nullopt);
  EXPECT_EQ(rules[1].match, "email");
  EXPECT_EQ(rules[1].missing, MissingAssociation::reject);
  EXPECT_EQ(rules[1].category, "HUBSPOT_DEFINED");
}

TEST(LoadSettings, OtherObjectsNeedNoPaymentProperties) {
  EXPECT_EQ(errors_of("hubspot.object = \"deals\"\nproperties.dealname = { from = \"Name\" }"),
            "no error");
  EXPECT_EQ(
      errors_of("hubspot.object = \"deals\""),
      "payments.toml: properties: is empty: say which HubSpot property comes from which column");
}

TEST(LoadSettings, PathsCountFromTheFileAndThoseOfOverridesFromWhereTheyAreTyped) {
  ConfigSource source =
      source_of(with("[hubspot]\nca_file = \"ca.pem\"\ntoken_file = \"/abs/token\""));
  source.directory = "/etc/payferry";
  source.working_directory = "/home/ann";
  EXPECT_EQ(load_settings(source)->hubspot.ca_file, "/etc/payferry/ca.pem");
  EXPECT_EQ(load_settings(source)->hubspot.token_file, "/abs/token");
  source.overrides = {"hubspot.ca_file=mine.pem",
                      "hubspot.token_file=${CREDENTIALS_DIRECTORY}/token"};
  EXPECT_EQ(load_settings(source)->hubspot.ca_file, "/home/ann/mine.pem");
  EXPECT_EQ(load_settings(source)->hubspot.token_file, "${CREDENTIALS_DIRECTORY}/token");
}

TEST(Overrides, WinOverTheFileAndTheLastWins) {
  const Settings settings = settings_of(
      with("[limits]\nrequests = 100"),
      {"limits.requests=50", "limits.requests=60", "limits.window=2s",
       "properties.hs_currency_code.default=\"EUR\"", "properties.hs_currency_code.from=Currency",
       "properties.hs_processor_type={ value = \"none\" }"});
  EXPECT_EQ(settings.limits.requests, 60U);
  EXPECT_EQ(settings.limits.window, seconds(2));
  ASSERT_EQ(settings.mapping.properties.size(), 4U);
  EXPECT_EQ(settings.mapping.properties[2].default_value, "EUR");
  EXPECT_EQ(settings.mapping.properties[2].from, "Currency");
  EXPECT_EQ(settings.mapping.properties[3].value, "none");
}

TEST(Overrides, ATokenSourceTakesThePlaceOfTheFiles) {
  const std::string oauth =
      R"({ client_id_env = "I", client_secret_env = "S", refresh_token_env = "R" })";
  const Settings from_file =
      settings_of(with("[hubspot]\ntoken_env = \"T\""), {"hubspot.token_file=/run/token"});
  EXPECT_EQ(from_file.hubspot.token_file, "/run/token");
  EXPECT_EQ(from_file.hubspot.token_env, std::nullopt);
  const Settings from_variable =
      settings_of(with("[hubspot]\noauth = " + oauth), {"hubspot.token_env=T"});
  EXPECT_EQ(from_variable.hubspot.token_env, "T");
  EXPECT_FALSE(from_variable.hubspot.oauth);
  const Settings from_app =
      settings_of(with("[hubspot]\ntoken_file = \"t\""), {"hubspot.oauth=" + oauth});
  EXPECT_EQ(from_app.hubspot.token_file, std::nullopt);
  EXPECT_EQ(from_app.hubspot.oauth.value_or(OAuthSettings()).client_id_env, "I");
  const Settings from_parts =
      settings_of(with("[hubspot]\ntoken_env = \"T\""),
                  {"hubspot.oauth.client_id_env=I", "hubspot.oauth.client_secret_env=S",
                   "hubspot.oauth.refresh_token_env=R"});
  EXPECT_EQ(from_parts.hubspot.token_env, std::nullopt);
  EXPECT_EQ(from_parts.hubspot.oauth.value_or(OAuthSettings()).refresh_token_env, "R");
}

TEST(Overrides, TwoTokenSourcesInOnePlaceAreRefused) {
  EXPECT_EQ(errors_of(std::string(kMinimal), {"hubspot.token_env=T", "hubspot.token_file=t"}),
            "--set hubspot.token_file: conflicts with hubspot.token_env: say where the token is "
            "once");
}

TEST(Overrides, TakeABareWordAsText) {
  const Settings settings = settings_of(
      std::string(kMinimal), {"hubspot.api_version=2026-03", "input.delimiter=;", "retry.cap=90s",
                              "hubspot.base_url=https://127.0.0.1:9/", "results.durability=relaxed",
                              "properties.hs_internal_comment.value=2024", "limits.requests=auto"});
  EXPECT_EQ(settings.hubspot.api_version, "2026-03");
  EXPECT_EQ(settings.input.delimiter, ';');
  EXPECT_EQ(settings.retry.cap, seconds(90));
  EXPECT_EQ(settings.hubspot.base_url, "https://127.0.0.1:9");
  EXPECT_EQ(settings.results.durability, Durability::relaxed);
  EXPECT_EQ(settings.mapping.properties[2].value, "2024");
  EXPECT_EQ(settings.limits.requests, std::nullopt);
  EXPECT_EQ(settings_of(std::string(kMinimal), {"input.delimiter=\\t"}).input.delimiter, '\t');
  EXPECT_EQ(settings_of(std::string(kMinimal), {"input.delimiter=\"\\t\""}).input.delimiter, '\t');
}

TEST(Overrides, ReachIntoAssociations) {
  const Settings settings = settings_of(
      std::string(kMinimal) + "[[associations]]\nto = \"contacts\"\nfrom = \"Contact\"\n",
      {"associations.0.type_id=387"});
  EXPECT_EQ(settings.mapping.associations[0].type_id, 387U);
}

TEST(Overrides, SayWhatIsWrongWithThem) {
  EXPECT_EQ(
      override_error("limits.requests"),
      "--set limits.requests: must have the form KEY=VALUE, for instance limits.requests=100");
  EXPECT_EQ(override_error("=5"),
            "--set =5: must have the form KEY=VALUE, for instance limits.requests=100");
  EXPECT_EQ(override_error("limits requests=5"),
            "--set limits requests: the key must be a dotted name, for instance limits.requests");
  EXPECT_EQ(override_error("limits.requests=0"),
            "--set limits.requests: must be a whole number from 1 to 100000 or \"auto\", not 0");
  EXPECT_EQ(override_error("limits.reqests=5"),
            "--set limits.reqests: is not a key that payferry knows; did you mean requests?");
  EXPECT_EQ(override_error("properties.hs_initial_amount.from.x=5"),
            "--set properties.hs_initial_amount.from.x: there is no such place in the config: the "
            "key leads into a value");
  EXPECT_EQ(
      override_error("associations.3.to=contacts"),
      "--set associations.3.to: associations: must be tables under [[associations]], not a table");
}

TEST(Overrides, AreCleanUtf8SinceTheyAreStored) {
  EXPECT_EQ(override_error("hubspot.proxy=\xff"),
            "--set: must be UTF-8 text without control characters");
  EXPECT_EQ(override_error(std::string("hubspot.proxy=a\0b", 17)),
            "--set: must be UTF-8 text without control characters");
}

TEST(Overrides, DoNotLetAValueSmuggleInOtherKeys) {
  EXPECT_EQ(override_error("limits.window=\"10s\"\n[retry]\nattempts = 1"),
            "--set limits.window: must be a duration such as \"500ms\", \"10s\", \"2m\" or \"1h\" "
            "of at least \"1ms\", "
            "not \"\"10s\"\\n[retry]\\nattempts = 1\"");
}

TEST(LoadSettings, TakesAssociationsWithUpsert) {
  const Settings settings = settings_of(
      "hubspot = { id_property = \"ref\", write = \"upsert\" }\n" + std::string(kMinimal) +
      "ref = { from = \"R\" }\n[[associations]]\nto = \"contacts\"\nfrom = \"C\"\n");
  EXPECT_EQ(settings.mapping.write, WriteMode::upsert);
  EXPECT_EQ(settings.mapping.associations.size(), 1U);
}

TEST(ReadConfigFile, SaysWhyAFileCannotBeRead) {
  EXPECT_EQ(read_config_file("/nonexistent/payments.toml").error().to_string(),
            "/nonexistent/payments.toml: there is no such config file; `payferry init INPUT -o "
            "payments.toml` writes "
            "one");
  EXPECT_EQ(read_config_file("/tmp").error().to_string(),
            "/tmp: is a directory, not a config file");
}

// Its permissions would be looked at in vain.
TEST(ReadConfigFile, SaysThatThereAreTooFewDescriptors) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none{0, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  const auto source = read_config_file(PAYFERRY_SOURCE_DIR "/.clang-format");
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().to_string(),
            PAYFERRY_SOURCE_DIR "/.clang-format: cannot be read: Too many open files");
}

TEST(ReadConfigFile, ReadsTheTextAndItsDirectory) {
  const auto source = read_config_file(PAYFERRY_SOURCE_DIR "/.clang-format");
  ASSERT_TRUE(source.has_value());
  EXPECT_EQ(source->directory, PAYFERRY_SOURCE_DIR);
  EXPECT_FALSE(source->toml.empty());
  EXPECT_TRUE(source->working_directory.starts_with('/'));
}

}  // namespace
}  // namespace payferry

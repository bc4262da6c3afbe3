#include <gtest/gtest.h>

#include <string>

#include "config/config_text.hpp"

namespace payferry {
namespace {

using test::errors_of;
using test::kMinimal;
using test::override_error;
using test::property_error;
using test::source_of;
using test::with;

struct Refusal {
  std::string lines;
  std::string message;
};

class WrongConfig : public testing::TestWithParam<Refusal> {};

TEST_P(WrongConfig, IsRefusedWithPlaceKeyAndRemedy) {
  EXPECT_EQ(errors_of(with(GetParam().lines)), "payments.toml:" + GetParam().message);
}

const std::string kSolid = "4111111111111111";

class CardInConfig : public testing::TestWithParam<std::string> {};

TEST_P(CardInConfig, IsNotShown) {
  const std::string error = property_error(GetParam());
  EXPECT_EQ(error.find(kSolid), std::string::npos) << error;
  EXPECT_EQ(error.find("1111 1111"), std::string::npos) << error;
  EXPECT_NE(error.find("payments.toml:4:"), std::string::npos) << error;
}

INSTANTIATE_TEST_SUITE_P(Lines, CardInConfig,
                         testing::Values("x = { value = " + kSolid + " }",
                                         "x = { from = " + kSolid + " }", "x = " + kSolid,
                                         "x = \"" + kSolid + "\"", "x = " + kSolid + " 1",
                                         "x = { from = \"A\", \"" + kSolid + "\" = 1 }",
                                         "x = { from = \"A\", type = \"" + kSolid + "\" }",
                                         "x = { from = \"A\", type = \"" + std::string(50, 'x') +
                                             " 4111 1111 1111 1111\" }",
                                         "x = { from = \"A\", timezone = \"" + kSolid + "\" }",
                                         "\"4111 1111 1111 1111\" = { from = \"A\" }"));

TEST(CardInConfigText, IsShownByItsLastDigits) {
  EXPECT_NE(property_error("x = " + kSolid).find("not ************1111"), std::string::npos);
}

class CardInOverride : public testing::TestWithParam<std::string> {};

TEST_P(CardInOverride, IsNotShown) {
  const std::string error = override_error(GetParam());
  EXPECT_EQ(error.find(kSolid), std::string::npos) << error;
  EXPECT_NE(error.find("1111"), std::string::npos) << error;
}

INSTANTIATE_TEST_SUITE_P(Overrides, CardInOverride,
                         testing::Values("limits.requests=" + kSolid, "hubspot." + kSolid + "=1",
                                         "\"" + kSolid + "\".x=1", kSolid));

INSTANTIATE_TEST_SUITE_P(
    Keys, WrongConfig,
    testing::Values(
        Refusal{"[limit]\nrequests = 1",
                "1:2: limit: is not a key that payferry knows; did you mean limits?"},
        Refusal{"[limits]\nreqests = 1",
                "2:1: limits.reqests: is not a key that payferry knows; did you mean requests?"},
        Refusal{"[results]\nx = 1",
                "2:1: results.x: is not a key that payferry knows; the keys here are: durability"},
        Refusal{"limits = 5", "1:1: limits: must be a table, not 5"},
        Refusal{"[limits]\n\"a b\" = 1",
                "2:1: limits.\"a b\": is not a key that payferry knows; the keys here are: "
                "requests, window, "
                "daily_reserve, connections, batch_records, batch_bytes"},
        Refusal{"[[hubspot]]", "1:3: hubspot: must be a table, not a list"}));

INSTANTIATE_TEST_SUITE_P(
    HubSpot, WrongConfig,
    testing::Values(
        Refusal{"[hubspot]\nbase_url = \"http://api.hubapi.com\"",
                "2:1: hubspot.base_url: must be https, so that the token and the payments travel "
                "encrypted (http is "
                "only for tests on a loopback address, with allow_http = true)"},
        Refusal{"[hubspot]\nbase_url = \"http://127.0.0.1\"",
                "2:1: hubspot.base_url: must be https, so that the token and the payments travel "
                "encrypted (http is "
                "only for tests on a loopback address, with allow_http = true)"},
        Refusal{"[hubspot]\nbase_url = \"api.hubapi.com\"",
                "2:1: hubspot.base_url: must be a URL such as \"https://api.hubapi.com\", without "
                "user, password or "
                "query, not \"api.hubapi.com\""},
        Refusal{"[hubspot]\nbase_url = \"https://ann:geheim@api.hubapi.com\"",
                "2:1: hubspot.base_url: must be a URL such as \"https://api.hubapi.com\", without "
                "user, password or "
                "query, not (a secret, not shown)"},
        Refusal{"[hubspot]\nobject = \"a/b\"",
                "2:10: hubspot.object: must be a CRM object type, such as \"commerce_payments\" or "
                "\"0-101\", not "
                "\"a/b\""},
        Refusal{"[hubspot]\napi_version = \"v4\"",
                "2:15: hubspot.api_version: must be \"v3\" or a dated version such as \"2026-03\", "
                "not \"v4\""},
        Refusal{"[hubspot]\napi_version = 3",
                "2:15: hubspot.api_version: must be \"v3\" or a dated version such as \"2026-03\", "
                "not 3"},
        Refusal{"[hubspot]\ntoken_env = \"pat-eu1-xyz\"",
                "2:13: hubspot.token_env: must be the name of an environment variable, such as "
                "\"HUBSPOT_TOKEN\", "
                "never the secret itself"},
        Refusal{"[hubspot]\ntoken_env = \"A\"\ntoken_file = \"b\"",
                "3:1: hubspot.token_file: conflicts with hubspot.token_env: say where the token is "
                "once"},
        Refusal{"[hubspot]\nca_file = \"\"",
                "2:11: hubspot.ca_file: must be the path of a file, not \"\""},
        Refusal{"[hubspot]\nproxy = \"http://ann:geheim@proxy:3128\"",
                "2:1: hubspot.proxy: must not hold a user and password: set HTTPS_PROXY in the "
                "environment instead"},
        Refusal{"[hubspot]\nproxy = \"proxy:3128\"",
                "2:1: hubspot.proxy: must be the URL of an HTTP proxy, such as "
                "\"http://proxy:3128\", not "
                "\"proxy:3128\""},
        Refusal{"[hubspot]\nclient_key_file = \"k\"",
                "2:1: hubspot.client_key_file: needs client_certificate_file beside it"},
        Refusal{"[hubspot]\nallow_http = \"yes\"",
                "2:14: hubspot.allow_http: must be true or false, not \"yes\""},
        Refusal{"[hubspot]\nwrite = \"update\"",
                "2:9: hubspot.write: must be \"create\" or \"upsert\", not \"update\""},
        Refusal{"[hubspot]\nwrite = \"upsert\"",
                "2:1: hubspot.write: \"upsert\" needs id_property, a property with hasUniqueValue "
                "to find the record "
                "by"},
        Refusal{"[hubspot]\non_existing = \"drop\"",
                "2:15: hubspot.on_existing: must be \"keep\" or \"reject\", not \"drop\""},
        Refusal{"[hubspot]\non_existing = \"reject\"",
                "2:1: hubspot.on_existing: \"reject\" needs id_property: without it nothing tells "
                "that a record is "
                "there"},
        Refusal{"[hubspot]\nid_property = \"Legacy id\"",
                "2:15: hubspot.id_property: must be the name of a HubSpot property (letters, "
                "digits and _), not "
                "\"Legacy id\""},
        Refusal{"[hubspot]\nid_property = \"legacy_id\"",
                "2:1: hubspot.id_property: legacy_id has no line in [properties]: say there where "
                "its value comes "
                "from, such as legacy_id = { from = \"Invoice\" }"},
        Refusal{"[hubspot]\nrun_property = \"hs_initial_amount\"",
                "4:1: properties.hs_initial_amount: conflicts with hubspot.run_property, which "
                "payferry fills "
                "itself"},
        Refusal{"[hubspot]\noauth = { client_id_env = \"A\", client_secret_env = \"B\" }",
                "2:1: hubspot.oauth.refresh_token_env: is missing: OAuth needs client_id_env, "
                "client_secret_env and "
                "refresh_token_env"},
        Refusal{"[hubspot]\noauth = \"x\"", "2:1: hubspot.oauth: must be a table, not \"x\""},
        Refusal{"[hubspot]\ntoken_env = \"T\"\noauth = { client_id_env = \"A\", client_secret_env "
                "= \"B\", "
                "refresh_token_env = \"C\" }",
                "2:1: hubspot.token_env: conflicts with hubspot.oauth: use a static token or "
                "OAuth, not both"}));

INSTANTIATE_TEST_SUITE_P(
    Plain, WrongConfig,
    testing::Values(
        Refusal{"[input]\nformat = \"xml\"",
                "2:10: input.format: must be \"auto\", \"csv\" or \"ndjson\", not \"xml\""},
        Refusal{
            "[input]\ncompression = true",
            "2:15: input.compression: must be \"auto\", \"none\", \"gzip\" or \"zstd\", not true"},
        Refusal{
            "[input]\ndelimiter = \"||\"",
            "2:13: input.delimiter: must be one ASCII character that is no letter or digit, such "
            "as \",\", \";\" or \"\\t\", not \"||\""},
        Refusal{
            "[input]\ndelimiter = \"\\n\"",
            "2:13: input.delimiter: must be one ASCII character that is no letter or digit, such "
            "as \",\", \";\" or \"\\t\", not \"\\n\""},
        Refusal{
            "[input]\ndelimiter = \"a\"",
            "2:13: input.delimiter: must be one ASCII character that is no letter or digit, such "
            "as \",\", \";\" or \"\\t\", not \"a\""},
        Refusal{
            "[input]\ndelimiter = \"0\"",
            "2:13: input.delimiter: must be one ASCII character that is no letter or digit, such "
            "as \",\", \";\" or \"\\t\", not \"0\""},
        Refusal{
            "[input]\ndelimiter = \"\"",
            "2:13: input.delimiter: must be one ASCII character that is no letter or digit, such "
            "as \",\", \";\" or \"\\t\", not \"\""},
        Refusal{"[input]\nencoding = \"utf8\"",
                "2:12: input.encoding: must be \"utf-8\", \"latin1\" or \"windows-1252\", not "
                "\"utf8\""},
        Refusal{"[limits]\nrequests = \"many\"",
                "2:12: limits.requests: must be a whole number from 1 to 100000 or \"auto\", not "
                "\"many\""},
        Refusal{"[limits]\nwindow = \"10 s\"",
                "2:10: limits.window: must be a duration such as \"500ms\", \"10s\", \"2m\" or "
                "\"1h\" of at least "
                "\"1ms\", not \"10 s\""},
        Refusal{"[limits]\nwindow = 10",
                "2:10: limits.window: must be a duration such as \"500ms\", \"10s\", \"2m\" or "
                "\"1h\" of at least "
                "\"1ms\", not 10"},
        Refusal{"[limits]\ndaily_reserve = 10",
                "2:17: limits.daily_reserve: must be a percentage from \"0%\" to below \"100%\", "
                "such as \"10%\", "
                "not 10"},
        Refusal{"[limits]\ndaily_reserve = \"100%\"",
                "2:17: limits.daily_reserve: must be a percentage from \"0%\" to below \"100%\", "
                "such as \"10%\", "
                "not \"100%\""},
        Refusal{"[limits]\nconnections = 1001",
                "2:15: limits.connections: must be a whole number from 1 to 256 or \"auto\", not "
                "1001"},
        Refusal{"[limits]\nbatch_records = 101",
                "2:17: limits.batch_records: must be a whole number from 1 to 100, not 101"},
        Refusal{"[limits]\nbatch_records = 1.5",
                "2:17: limits.batch_records: must be a whole number from 1 to 100, not 1.5"},
        Refusal{"[limits]\nbatch_bytes = \"1MB\"",
                "2:15: limits.batch_bytes: must be a size such as \"1MiB\", \"512KiB\" or 65536 "
                "(1KiB to 64MiB), not "
                "\"1MB\""},
        Refusal{"[retry]\nattempts = 0",
                "2:12: retry.attempts: must be a whole number from 1 to 1000, not 0"},
        Refusal{"[retry]\nbase = \"2m\"",
                "2:1: retry.base: cap must not be shorter than base: it is the longest pause"},
        Refusal{"[retry]\nsettle_after = \"-1s\"",
                "2:16: retry.settle_after: must be a duration such as \"500ms\", \"10s\", \"2m\" "
                "or \"1h\" or "
                "\"auto\", not \"-1s\""},
        Refusal{"[results]\ndurability = 1979-05-27",
                "2:14: results.durability: must be \"commit\" or \"relaxed\", not a date or time "
                "without quotes"}));

class WrongProperty : public testing::TestWithParam<Refusal> {};

TEST(CardLikeConstant, IsTakenWhereTheConfigSaysThatItIsNoCardNumber) {
  for (const char* line : {"x = { value = \"4111111111111111\", allow_card_like = true }",
                           "x = { from = \"X\", default = \"4111111111111111\", allow_card_like = "
                           "true }"})
    EXPECT_EQ(property_error(line), "no error") << line;
}

TEST(CardLikeConstant, IsRefusedInAnOverrideTooAndNotShown) {
  const std::string error = override_error("properties.x.value=4111111111111111");
  EXPECT_NE(error.find("holds what looks like a card number"), std::string::npos) << error;
  EXPECT_EQ(error.find("1111"), std::string::npos) << error;
}

TEST_P(WrongProperty, IsRefusedWithPlaceKeyAndRemedy) {
  EXPECT_EQ(property_error(GetParam().lines), "payments.toml:" + GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, WrongProperty,
    testing::Values(
        Refusal{
            "x = \"Column\"",
            "4:5: properties.x: must be a table such as { from = \"a column\" }, not \"Column\""},
        Refusal{"\"Paid at\" = { from = \"Paid at\" }",
                "4:1: properties.\"Paid at\": is not the name of a HubSpot property: use its "
                "internal name, letters, "
                "digits and _"},
        Refusal{"x = { typ = \"date\", from = \"X\" }",
                "4:7: properties.x.typ: is not a key that payferry knows; did you mean type?"},
        Refusal{"x = { from = \"X\", nonsense = 1 }",
                "4:19: properties.x.nonsense: is not a key that payferry knows; the keys here are: "
                "from, value, default, type, map, format, timezone, decimal, trim, "
                "allow_card_like, required"},
        Refusal{"x = { value = \"4111 1111 1111 1111\" }",
                "4:7: properties.x.value: holds what looks like a card number, which must not be "
                "stored in HubSpot or a config: take it out, or set allow_card_like = true for "
                "this property if it is none"},
        Refusal{"x = { from = \"X\", default = \"no 4111111111111111\" }",
                "4:19: properties.x.default: holds what looks like a card number, which must not "
                "be stored in HubSpot or a config: take it out, or set allow_card_like = true for "
                "this property if it is none"},
        Refusal{"x = { from = \"X\", map = { a = \"b\", c = \"4111111111111111\" } }",
                "4:19: properties.x.map: holds what looks like a card number, which must not be "
                "stored in HubSpot or a config: take it out, or set allow_card_like = true for "
                "this property if it is none"},
        Refusal{"x = { from = \"X\", map = { \"4111111111111111\" = \"b\" } }",
                "4:19: properties.x.map: holds what looks like a card number, which must not be "
                "stored in HubSpot or a config: take it out, or set allow_card_like = true for "
                "this property if it is none"},
        Refusal{"hs_payment_method_last_4 = { value = \"4111111111111111\", allow_card_like = "
                "true }",
                "4:30: properties.hs_payment_method_last_4.value: holds what looks like a card "
                "number, which must not be stored in HubSpot or a config: take it out; only its "
                "last four digits may stay"},
        Refusal{"x = { }",
                "4:5: properties.x: needs from = \"a column\", or value = \"a constant\""},
        Refusal{"x = { value = \"1\", from = \"X\" }",
                "4:20: properties.x.from: conflicts with value: a constant is sent as it stands; "
                "use from = \"…\" to "
                "read a column"},
        Refusal{"x = { value = 1 }", "4:15: properties.x.value: must be a text in quotes, not 1"},
        Refusal{"x = { from = \"X\", type = \"money\" }",
                "4:26: properties.x.type: must be \"string\", \"decimal\", \"minor_units\", "
                "\"datetime\", \"date\", "
                "\"boolean\", \"enum\" or \"email\", not \"money\""},
        Refusal{"x = { from = \"X\", type = \"dat\", format = \"%d.%m.%Y\", decimal = \",\" }",
                "4:26: properties.x.type: must be \"string\", \"decimal\", \"minor_units\", "
                "\"datetime\", \"date\", "
                "\"boolean\", \"enum\" or \"email\", not \"dat\""},
        Refusal{"x = { from = \"X\", type = \"enum\" }",
                "4:19: properties.x.type: \"enum\" needs map = { … }, from the source's words to "
                "HubSpot's"},
        Refusal{"x = { from = \"X\", map = { } }",
                "4:19: properties.x.map: must have at least one entry, such as { paid = "
                "\"succeeded\", \"*\" = "
                "\"failed\" }"},
        Refusal{"x = { from = \"X\", map = { paid = 1 } }",
                "4:34: properties.x.map.paid: must be a text in quotes, not 1"},
        Refusal{"x = { from = \"X\", map = \"paid\" }",
                "4:19: properties.x.map: must be a table, not \"paid\""},
        Refusal{"x = { from = \"X\", format = \"%Y-%m-%d\" }",
                "4:19: properties.x.format: needs type = \"datetime\" or \"date\""},
        Refusal{"x = { from = \"X\", timezone = \"UTC\" }",
                "4:19: properties.x.timezone: needs type = \"datetime\" or \"date\""},
        Refusal{"x = { from = \"X\", decimal = \",\" }",
                "4:19: properties.x.decimal: needs type = \"decimal\""},
        Refusal{"x = { from = \"X\", type = \"decimal\", decimal = \";\" }",
                "4:47: properties.x.decimal: must be \".\" or \",\", not \";\""},
        Refusal{"x = { from = \"X\", trim = \"no\" }",
                "4:26: properties.x.trim: must be true or false, not \"no\""},
        Refusal{
            "x = { from = \"X\", type = \"datetime\", format = \"unix\", timezone = \"UTC\" }",
            "4:55: properties.x.timezone: conflicts with format = \"unix\", which counts in UTC"}));

INSTANTIATE_TEST_SUITE_P(
    Dates, WrongProperty,
    testing::Values(
        Refusal{"x = { from = \"X\", type = \"date\", format = \"YYYY-MM-DD\" }",
                "4:43: properties.x.format: \"YYYY-MM-DD\" is not a date format; in strptime's "
                "letters it is "
                "\"%Y-%m-%d\""},
        Refusal{"x = { from = \"X\", type = \"date\", format = \"iso\" }",
                "4:43: properties.x.format: \"iso\" is not a date format: write \"iso8601\", "
                "\"unix\", \"unix_ms\" "
                "or a pattern such as \"%Y-%m-%d %H:%M:%S\""},
        Refusal{"x = { from = \"X\", type = \"date\", format = \"unixms\" }",
                "4:43: properties.x.format: \"unixms\" is not a date format; did you mean "
                "\"unix_ms\"?"},
        Refusal{"x = { from = \"X\", type = \"date\", format = \"%Y-%q-%d\" }",
                "4:43: properties.x.format: \"%Y-%q-%d\" has \"%q\", which is none of the "
                "fields of a time: use %Y %m %d %H %M %S %b %p %z or the like"},
        Refusal{"x = { from = \"X\", type = \"date\", format = \"%H:%M\" }",
                "4:43: properties.x.format: \"%H:%M\" does not name a day: it needs a year (%Y), a "
                "month (%m) and a "
                "day (%d)"},
        Refusal{"x = { from = \"X\", type = \"datetime\", timezone = \"Europe/Londn\" }",
                "4:49: properties.x.timezone: \"Europe/Londn\" is not a time zone of the IANA "
                "database; did you mean "
                "\"Europe/London\"?"},
        Refusal{"x = { from = \"X\", type = \"datetime\", timezone = \"London\" }",
                "4:49: properties.x.timezone: \"London\" is not a time zone of the IANA database; "
                "did you mean "
                "\"Europe/London\"?"},
        Refusal{"x = { from = \"X\", type = \"datetime\", timezone = \"../../etc/passwd\" }",
                "4:49: properties.x.timezone: \"../../etc/passwd\" is not a time zone of the IANA "
                "database: write a "
                "name such as \"Europe/London\""}));

INSTANTIATE_TEST_SUITE_P(
    Associations, WrongProperty,
    testing::Values(
        Refusal{"[associations]\nto = \"contacts\"",
                "4:1: associations: must be tables under [[associations]], not a table"},
        Refusal{"[[associations]]\nto = \"contacts\"",
                "4:1: associations.0.from: is missing: an association needs to and from"},
        Refusal{"[[associations]]\nto = \"contacts\"\nfrom = \"C\"\ntype_id = \"387\"",
                "7:11: associations.0.type_id: must be a whole number from 1 to 2000000000, not "
                "\"387\""},
        Refusal{"[[associations]]\nto = \"contacts\"\nfrom = \"C\"\nmissing = \"skip\"",
                "7:1: associations.0.missing: needs match: a record id is not looked up before it "
                "is sent"},
        Refusal{"[[associations]]\nto = \"contacts\"\nfrom = \"C\"\ncategory = \"WORK\"",
                "7:1: associations.0.category: needs type_id: the two together name a label"},
        Refusal{"[[associations]]\nto = \"contacts\"\nfrom = \"C\"\nmatch = \"email\"\nmissing = "
                "\"drop\"",
                "8:11: associations.0.missing: must be \"skip\" or \"reject\", not \"drop\""},
        Refusal{
            "[[associations]]\nto = \"contacts\"\nfrom = \"C\"\nmach = \"email\"",
            "7:1: associations.0.mach: is not a key that payferry knows; did you mean match?"}));

TEST(WrongConfigs, RefusesAPaymentWithoutItsMandatoryProperties) {
  EXPECT_EQ(errors_of(""),
            "payments.toml: properties.hs_initial_amount: is missing: HubSpot takes no payment "
            "without it; write for "
            "instance hs_initial_amount = { from = \"Amount\", type = \"decimal\" }\n"
            "payments.toml: properties.hs_initiated_date: is missing: HubSpot takes no payment "
            "without it; write for "
            "instance hs_initiated_date = { from = \"Date\", type = \"datetime\" }");
}

TEST(WrongConfigs, RefusesWhatContradictsAMandatoryProperty) {
  EXPECT_EQ(errors_of("[properties]\nhs_initial_amount = { from = \"A\", required = false }\n"
                      "hs_initiated_date = { from = \"D\" }\n"),
            "payments.toml:2:35: properties.hs_initial_amount.required: must not be false: HubSpot "
            "takes no payment "
            "without it");
  EXPECT_EQ(errors_of("hubspot.id_property = \"ref\"\n" + std::string(kMinimal) +
                      "ref = { value = \"1\" }"),
            "payments.toml:5:9: properties.ref.value: cannot stand at the id property: two records "
            "would have the "
            "same id");
  EXPECT_EQ(
      errors_of(
          "hubspot = { id_property = \"ref\", write = \"upsert\", on_existing = \"reject\" }\n" +
          std::string(kMinimal) + "ref = { from = \"R\" }"),
      "payments.toml:1:52: hubspot.on_existing: \"reject\" conflicts with write = \"upsert\", "
      "which updates "
      "what is there");
}

TEST(WrongConfigs, NeverShowsASecretWrittenIntoTheConfig) {
  const std::string remedy =
      "a secret must never stand in a config: put it into an environment variable and name that "
      "with "
      "hubspot.token_env, or into a file of mode 0600 and name that with hubspot.token_file";
  EXPECT_EQ(errors_of(with("[hubspot]\ntoken = \"geheim\"")),
            "payments.toml:2:1: hubspot.token: " + remedy);
  EXPECT_EQ(errors_of(with("[hubspot]\napi_key = \"geheim\"")),
            "payments.toml:2:1: hubspot.api_key: " + remedy);
  EXPECT_EQ(override_error("hubspot.token=geheim"), "--set hubspot.token: " + remedy);
}

TEST(WrongConfigs, FindsATokenAnywhereEvenInAComment) {
  const std::string token = "pat-eu1-01234567-89ab-cdef-0123-456789abcdef";
  const std::string remedy =
      "a HubSpot token stands here: put it into an environment variable (token_env) or a file of "
      "its own "
      "(token_file), never into a config; and rotate it if this file was shared";
  EXPECT_EQ(errors_of(with("[hubspot]\n# " + token)), "payments.toml:2:3: " + remedy);
  EXPECT_EQ(errors_of(with("[hubspot]\ntoken_env = \"" + token + "\"")),
            "payments.toml:2:14: " + remedy);
  EXPECT_EQ(override_error("hubspot.proxy=" + token), "--set: " + remedy);
}

TEST(WrongConfigs, ReportsSeveralErrorsAtOnceInTheOrderOfTheFile) {
  EXPECT_EQ(
      errors_of(with("[retry]\nattempts = 0\n[limits]\nrequests = 0\nwindo = \"10s\""),
                {"results.durability=x"}),
      "payments.toml:2:12: retry.attempts: must be a whole number from 1 to 1000, not 0\n"
      "payments.toml:4:12: limits.requests: must be a whole number from 1 to 100000 or \"auto\", "
      "not 0\n"
      "payments.toml:5:1: limits.windo: is not a key that payferry knows; did you mean window?\n"
      "--set results.durability: must be \"commit\" or \"relaxed\", not \"x\"");
}

TEST(WrongConfigs, StopsListingAfterTwentyErrors) {
  std::string toml(kMinimal);
  for (int i = 0; i < 25; ++i) toml += "p" + std::to_string(i) + " = { }\n";
  const auto settings = load_settings(source_of(toml));
  ASSERT_FALSE(settings.has_value());
  EXPECT_EQ(settings.error().problems().size(), ConfigError::kMaxProblems);
  EXPECT_TRUE(settings.error().to_string().ends_with("\nand 5 more"));
}

TEST(WrongConfigs, SaysWhereTheTextIsNoToml) {
  EXPECT_EQ(errors_of("[hubspot]\nobject = commerce_payments\n"),
            "payments.toml:2:10: this is not valid TOML: could not "
            "determine value type; "
            "text must stand in double quotes");
  EXPECT_EQ(errors_of("[limits]\nrequests = 1\nrequests = 2\n"),
            "payments.toml:3:12: this is not valid TOML: "
            "cannot redefine existing integer 'requests'");
}

TEST(WrongConfigs, SaysWhatIsNoTomlInOneLine) {
  const std::string errors = errors_of("[properties]\na = { trim = fals\n}\n");
  EXPECT_TRUE(errors.starts_with("payments.toml:")) << errors;
  EXPECT_EQ(errors.find('\n'), errors.npos) << errors;
}

TEST(WrongConfigs, SurvivesHostileText) {
  for (const std::string& text :
       {std::string("\0\0", 2), std::string("\xff\xfe"), std::string(100'000, '['),
        std::string("a.") + std::string(1000, 'b') + "=1", std::string("x=\"\xc3\x28\"")}) {
    EXPECT_FALSE(load_settings(source_of(text)).has_value());
    EXPECT_FALSE(load_settings(source_of(std::string(kMinimal), {text})).has_value());
  }
}

}  // namespace
}  // namespace payferry

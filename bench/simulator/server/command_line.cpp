#include "bench/simulator/server/command_line.hpp"

#include <CLI/CLI.hpp>
#include <fstream>
#include <functional>
#include <set>

#include "bench/simulator/core/option_values.hpp"
#include "model/wrapped_text.hpp"

namespace payferry::simulator {

namespace {

using Take = std::function<void(const std::string&)>;

[[noreturn]] void reject(const std::string& sentence) {
  throw CLI::ValidationError(sentence);
}

/// "NAME=VALUE" taken apart.
std::pair<std::string, std::string> split(const std::string& option, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) reject(option + " takes NAME=VALUE, not \"" + text + "\"");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

void add_each(CLI::App& app, const std::string& name, const std::string& help,
              const std::string& group, const std::string& value_name, const Take& take) {
  app.add_option_function<std::vector<std::string>>(
         name,
         [take](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) take(text);
         },
         help)
      ->group(group)
      ->type_name(value_name)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

template <class Duration>
void add_duration(CLI::App& app, const std::string& name, Duration& duration,
                  const std::string& help, const std::string& group) {
  const auto take = [name, &duration](const std::string& text) {
    const auto parsed = parse_duration(text);
    if (!parsed)
      reject(name + " takes a duration such as 800ms, 10s or 5min, not \"" + text + "\"");
    duration = std::chrono::duration_cast<Duration>(*parsed);
  };
  app.add_option_function<std::string>(name, take, help)->group(group)->type_name("DURATION");
}

void add_server_options(CLI::App& app, CommandLine& line) {
  const char* const group = "Server";
  app.add_option("--port", line.server.port, "Port on 127.0.0.1; 0 takes a free one")
      ->group(group)
      ->type_name("PORT")
      ->capture_default_str();
  app.add_option("--ready-file", line.ready_file,
                 "Write the base URL there once the server listens")
      ->group(group)
      ->type_name("FILE");
  app.add_option(
         "--ca-file", line.server.ca_file,
         "Write the certificate of the simulator's own CA there; give it to payferry as ca_file")
      ->group(group)
      ->type_name("FILE");
  app.add_option("--ledger", line.server.ledger_file,
                 "Append a line of JSON there for each record created, updated or archived")
      ->group(group)
      ->type_name("FILE");
  app.add_flag_callback(
         "--no-ledger", [&line] { line.server.hubspot.keep_ledger = false; },
         "Keep no ledger in memory either, for loads of many millions")
      ->group(group);
  app.add_flag_callback(
         "--forget-properties", [&line] { line.server.hubspot.keep_properties = false; },
         "Keep only ids and unique values of records, for loads of many millions")
      ->group(group);
}

void add_access_options(CLI::App& app, AccessOptions& access) {
  const char* const group = "Access";
  add_each(app, "--token", "Take this token and no other, repeatable; without it any token will do",
           group, "TOKEN", [&](const std::string& text) { access.tokens.push_back(text); });
  add_each(app, "--missing-scope", "Answer 403 to what needs this scope, repeatable", group,
           "SCOPE", [&](const std::string& text) { access.missing_scopes.push_back(text); });
  app.add_option("--oauth-client-id", access.oauth_client_id, "Client id of an OAuth app")
      ->group(group)
      ->type_name("ID");
  app.add_option("--oauth-client-secret", access.oauth_client_secret, "Its secret")
      ->group(group)
      ->type_name("SECRET");
  app.add_option("--oauth-refresh-token", access.oauth_refresh_token, "Its refresh token")
      ->group(group)
      ->type_name("TOKEN");
  add_duration(app, "--oauth-expires-in", access.oauth_expires_in,
               "Life of an OAuth access token (30min)", group);
}

void read_property(AccountOptions& account, const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string kind = colon == std::string::npos ? "" : text.substr(colon + 1);
  if (colon == 0 || text.empty() || (colon != std::string::npos && kind != "unique")) {
    reject("--property takes NAME or NAME:unique, not \"" + text + "\"");
  }
  account.properties.push_back({.name = text.substr(0, colon), .unique = kind == "unique"});
}

// One "email" or "id,email" a line.
void read_contacts(AccountOptions& account, const std::string& path) {
  std::ifstream file(path);
  if (!file) reject("--contacts-file: cannot read " + path);
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) continue;
    const std::size_t comma = line.find(',');
    if (comma == std::string::npos) {
      account.contacts.push_back({.id = {}, .email = line});
    } else {
      account.contacts.push_back({.id = line.substr(0, comma), .email = line.substr(comma + 1)});
    }
  }
}

void add_account_options(CLI::App& app, AccountOptions& account) {
  const char* const group = "Account";
  add_each(app, "--property",
           "A text property of payments that the account has besides HubSpot's own, repeatable",
           group, "NAME[:unique]", [&](const std::string& text) { read_property(account, text); });
  app.add_option("--portal-id", account.portal_id, "HubSpot's number of the account")
      ->group(group)
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--time-zone", account.time_zone, "Whose midnight starts the daily limit anew")
      ->group(group)
      ->type_name("ZONE")
      ->capture_default_str();
  app.add_option("--currencies", account.currencies,
                 "Currencies of the account, the company's own first")
      ->group(group)
      ->type_name("CODE,…")
      ->delimiter(',')
      ->capture_default_str();
  app.add_option_function<std::uint32_t>(
         "--contacts",
         [&account](std::uint32_t count) {
           for (std::uint32_t i = 1; i <= count; ++i) {
             account.contacts.push_back(
                 {.id = {}, .email = "customer" + std::to_string(i) + "@example.com"});
           }
         },
         "Contacts customer1@example.com to customerN@example.com, as payferry-bench generate "
         "names them")
      ->group(group)
      ->type_name("N");
  app.add_option_function<std::string>(
         "--contacts-file", [&account](const std::string& path) { read_contacts(account, path); },
         "Contacts from a file: one \"email\" or \"id,email\" a line")
      ->group(group)
      ->type_name("FILE");
}

void add_limit_options(CLI::App& app, CommandLine& line) {
  const char* const group = "Limits";
  LimitOptions& limits = line.server.hubspot.limits;
  app.add_option("--requests-per-window", limits.requests_per_window,
                 "Requests of one token in any window")
      ->group(group)
      ->type_name("N")
      ->capture_default_str();
  add_duration(app, "--window", limits.window, "Length of the rolling window (10s)", group);
  app.add_option("--daily-limit", limits.requests_per_day,
                 "Requests of all tokens from midnight to midnight")
      ->group(group)
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--searches-per-second", limits.searches_per_second,
                 "Search requests in any second")
      ->group(group)
      ->type_name("N")
      ->capture_default_str();
  app.add_flag_callback(
         "--unthrottled", [&limits] { limits.enforced = false; },
         "Refuse nothing for a limit and tell of none, for benchmarks")
      ->group(group);
  app.add_option("--external-rate", line.external_rate,
                 "Requests a second that another integration takes from the same limits")
      ->group(group)
      ->type_name("N");
}

void read_fault(FaultPlan& faults, const std::string& text) {
  const auto [name, value] = split("--fault", text);
  const auto fault = fault_named(name);
  if (!fault) reject("--fault: there is no fault \"" + name + "\"; payferry-sim --help lists them");
  const auto probability = parse_percent(value);
  if (!probability)
    reject("--fault " + name + " takes a percentage such as 5%, not \"" + value + "\"");
  faults.with(*fault, *probability);
}

void add_behaviour_options(CLI::App& app, SimulatorOptions& hubspot) {
  const char* const group = "Behaviour";
  app.add_option("--seed", hubspot.seed, "Seed of all that is random")
      ->group(group)
      ->type_name("N")
      ->capture_default_str();
  add_duration(app, "--latency", hubspot.latency, "How long each answer takes (0ms)", group);
  add_duration(app, "--jitter", hubspot.jitter, "Up to so much more or less of it (0ms)", group);
  add_duration(app, "--clock-skew", hubspot.clock_skew,
               "How far HubSpot's clock is ahead of this machine's (0ms)", group);
  add_each(app, "--switch",
           "How HubSpot behaves where it is not known for certain, repeatable; see below", group,
           "NAME=VALUE", [&](const std::string& text) {
             const auto [name, value] = split("--switch", text);
             const std::string wrong = set_switch(hubspot.switches, name, value);
             if (!wrong.empty()) reject("--switch: " + wrong);
           });
}

void add_fault_options(CLI::App& app, FaultPlan& faults) {
  const char* const group = "Faults";
  add_each(app, "--fault",
           "How many of the write requests suffer this fault, repeatable; see below", group,
           "NAME=P%", [&](const std::string& text) { read_fault(faults, text); });
  app.add_flag("--faults-on-reads", faults.on_reads,
               "Faults happen to batch reads and searches too")
      ->group(group);
  app.add_flag("--faults-on-settings", faults.on_settings,
               "Faults happen to properties, labels, account and OAuth requests too")
      ->group(group);
  add_duration(app, "--late-commit-after", faults.late_commit_after,
               "After how long a late-commit is written (30s)", group);
  add_duration(app, "--524-after", faults.timeout_524_after,
               "After how long a 524 is answered (100s)", group);
  add_duration(app, "--stall-for", faults.stall_for,
               "After how long a stalled connection is reset (1h)", group);
  add_duration(app, "--slow-by", faults.slow_by, "How much longer a slow answer takes (5s)", group);
  add_duration(app, "--moving-for", faults.moving_for, "Retry-After of a 477 (30s)", group);
}

std::string footer() {
  std::string text = "Faults:";
  for (std::size_t i = 0; i < kFaultCount; ++i)
    text += " " + std::string(name_of(static_cast<Fault>(i)));
  text +=
      "\n  Of reset, stall, 502, 500, empty and missing the write is done, and with -uncommitted "
      "it is not;"
      "\n  truncated, 504, 524, late-commit and slow are done, 503, 423, 477, 429 and 401 are not."
      "\n\nSwitches:\n";
  for (const SwitchDescription& one : switch_descriptions()) {
    text += "  " + std::string(one.name) + "=" + std::string(one.values) + "\n      " +
            std::string(one.help) + "\n";
  }
  text +=
      "\nWhile it runs: GET /sim/stats, GET /sim/ledger, POST /sim/faults,\n"
      "POST /sim/switches and POST /sim/external-traffic, without a token.\n"
      "\nExample: a rehearsal in which one request in twenty ends without an answer\n"
      "  payferry-sim --port 8443 --ca-file ca.pem --latency 250ms --jitter 100ms \\\n"
      "    --fault reset=5%\n"
      "  payferry load -c payments.toml payments.csv --set hubspot.ca_file=ca.pem \\\n"
      "    --set hubspot.base_url=https://localhost:8443\n";
  return text;
}

void check(CommandLine& line) {
  AccountOptions& account = line.server.hubspot.account;
  if (account.currencies.empty()) reject("--currencies needs at least one currency");
  account.company_currency = account.currencies.front();
  if (!line.server.hubspot.faults.is_possible()) {
    reject("the percentages of all --fault options together are over 100%");
  }
}

}  // namespace

std::optional<CommandLine> read_command_line(int argc, const char* const* argv,
                                             CommandLineEnd& end) {
  CommandLine line;
  CLI::App app{
      "A faithful local HubSpot: HTTPS on loopback, with its batch endpoints, limits and faults, "
      "for rehearsals, "
      "tests and benchmarks of payferry.",
      "payferry-sim"};
  app.footer(footer());
  add_server_options(app, line);
  add_access_options(app, line.server.hubspot.access);
  add_account_options(app, line.server.hubspot.account);
  add_limit_options(app, line);
  add_behaviour_options(app, line.server.hubspot);
  add_fault_options(app, line.server.hubspot.faults);
  try {
    app.parse(argc, argv);
    check(line);
    return line;
  } catch (const CLI::CallForHelp&) {
    end = {0, wrapped_options(app.help())};
  } catch (const CLI::ValidationError& error) {
    end = {2, std::string("payferry-sim: ") + error.what() + "\n"};
  } catch (const CLI::ParseError& error) {
    end = {2, std::string("payferry-sim: ") + error.what() + "; see payferry-sim --help\n"};
  }
  return std::nullopt;
}

}  // namespace payferry::simulator

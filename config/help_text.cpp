#include "config/help_text.hpp"

namespace payferry {

namespace {

constexpr std::string_view kCommon = R"(
Options of every command:
  --set KEY=VALUE        a config key; wins over the file; may be repeated
  --progress MODE        auto, bar, plain or none
  --log-level LEVEL      trace, debug, info, warn or error
  -h, --help             this text
  --version              payferry's version
)";

constexpr std::string_view kWhole =
    R"(payferry loads payments from CSV and NDJSON files into HubSpot: never twice,
never lost, every record accounted for.

Usage: payferry COMMAND [OPTIONS]

  init   INPUT [-o FILE]          guess a config from the file's first rows
  check  -c CONFIG INPUT...       read everything, send nothing: every problem
  load   -c CONFIG INPUT...       load
  resume RUN_DIR                  go on with an interrupted run
  report RUN_DIR                  what happened
  verify RUN_DIR                  compare HubSpot with the source
  undo   RUN_DIR                  archive what this run created

payferry COMMAND --help says more. The first three steps:
  payferry init payments.csv -o payments.toml
  payferry check -c payments.toml payments.csv
  payferry load -c payments.toml payments.csv

Exit codes: 0 every record is in HubSpot; 1 complete, some records are not;
  2 usage, config or input cannot be used, nothing was sent;
  3 stopped before the end, payferry resume goes on; 4 HubSpot refused the token
)";

constexpr std::string_view kInit = R"(Usage: payferry init INPUT [-o FILE]

Guesses a config from the header and the first rows of INPUT: known exports
(Stripe, PayPal, ...) are recognised, else columns, dates and amounts are.
Exit code 1 when something is missing that only you know.

  -o, --output FILE      where to write it, never over a file that is there;
                         standard output otherwise

Example: payferry init payments.csv -o payments.toml
)";

constexpr std::string_view kCheck = R"(Usage: payferry check -c CONFIG INPUT... [--offline]

Reads everything and sends nothing: problems by cause, all of them by line and
column in INPUT-problems.ndjson, control totals and a forecast. With a token,
config and values are compared with the HubSpot account too. INPUT is one or
more files, or - for standard input. Exit code 0 when every record would be
sent, 1 when some would not, 2 when the config or an input cannot be used, 4
when HubSpot refuses the token.

  -c, --config FILE      the config
  --offline              do not ask HubSpot

Example: payferry check -c payments.toml payments.csv
)";

constexpr std::string_view kLoad = R"(Usage: payferry load -c CONFIG INPUT... [OPTIONS]

Loads INPUT, one or more files or - for standard input. On a run that already
stands in --run-dir, it goes on with that.

  -c, --config FILE      the config
  --run-dir DIR          default: payferry-runs/<input>-<UTC time>
  --limit N              only the first N records; a run keeps its limit
  --max-errors N|P%      stop, resumable, once so many records were refused
  --deadline WHEN        stop, resumable, by HH:MM or after a time such as 2h
  --metrics-file FILE    Prometheus text, replaced every few seconds
  --html FILE            write the report at the end
  --wait                 when the day's quota is used, sleep until midnight

Example: payferry load -c payments.toml payments.csv --max-errors 1%
)";

constexpr std::string_view kResume = R"(Usage: payferry resume RUN_DIR [OPTIONS]

Goes on with an interrupted run, from its own copy of the config. Nothing is
doubled or lost, however the run ended.

  --max-errors N|P%      stop, resumable, once so many records were refused
                         in the whole run, before this process too
  --deadline WHEN        stop, resumable, by HH:MM or after a time such as 2h
  --metrics-file FILE    Prometheus text, replaced every few seconds
  --html FILE            write the report at the end
  --wait                 when the day's quota is used, sleep until midnight

Example: payferry resume payferry-runs/payments-20261123T100000Z
)";

constexpr std::string_view kReport = R"(Usage: payferry report RUN_DIR [--json | --html FILE]

Says what happened: counts, control totals, requests, and why records are not in
HubSpot, with the command that mends each cause. Touches nothing, and works
while the run is under way.

  --json                 for machines: summary.json and more
  --html FILE            a page to hand on: one file, no network

Example: payferry report payferry-runs/payments-20261123T100000Z
)";

constexpr std::string_view kVerify = R"(Usage: payferry verify RUN_DIR

Reads the run's records back from HubSpot and compares them with the source,
record by record. Exit code 0 when HubSpot holds what the source says.

Example: payferry verify payferry-runs/payments-20261123T100000Z
)";

constexpr std::string_view kUndo = R"(Usage: payferry undo RUN_DIR [--yes]

Archives in HubSpot what this run created, and nothing else: what was there
before is left alone. Archived records can be restored for 90 days. Exit code 0
when all of it is archived, 1 when some of it may stand there still, 3 when it
was stopped; the same command goes on then.

  --yes                  do not ask

Example: payferry undo payferry-runs/payments-20261123T100000Z
)";

std::string_view own_text(std::string_view command) {
  if (command == "init") return kInit;
  if (command == "check") return kCheck;
  if (command == "load") return kLoad;
  if (command == "resume") return kResume;
  if (command == "report") return kReport;
  if (command == "verify") return kVerify;
  if (command == "undo") return kUndo;
  return kWhole;
}

}  // namespace

std::string help_text(std::string_view command) {
  return std::string(own_text(command)) + std::string(kCommon);
}

}  // namespace payferry

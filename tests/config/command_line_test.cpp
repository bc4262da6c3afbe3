#include "config/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <string>
#include <vector>

#include "config/help_text.hpp"

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Arguments = std::vector<std::string>;

template <typename Options>
Options options_of(const Arguments& arguments) {
  const auto command_line = parse_command_line(arguments);
  if (!command_line) {
    ADD_FAILURE() << command_line.error().err;
    return {};
  }
  if (!std::holds_alternative<Options>(*command_line)) {
    ADD_FAILURE() << "another command";
    return {};
  }
  return std::get<Options>(*command_line);
}

Ending ending_of(const Arguments& arguments) {
  const auto command_line = parse_command_line(arguments);
  EXPECT_FALSE(command_line.has_value());
  return command_line ? Ending{-1, "", ""} : command_line.error();
}

std::string usage_error(const Arguments& arguments) {
  const Ending ending = ending_of(arguments);
  EXPECT_EQ(ending.exit_code, 2);
  EXPECT_EQ(ending.out, "");
  return ending.err;
}

TEST(CommandLine, LoadTakesAllItsOptions) {
  const auto load = options_of<LoadOptions>({"load",        "-c",
                                             "p.toml",      "a.csv",
                                             "b.csv",       "--run-dir",
                                             "run",         "--limit",
                                             "10",          "--max-errors",
                                             "5",           "--deadline",
                                             "06:30",       "--metrics-file",
                                             "m.prom",      "--html",
                                             "r.html",      "--wait",
                                             "--set",       "limits.requests=5",
                                             "--set",       "limits.window=1s",
                                             "--progress",  "plain",
                                             "--log-level", "debug"});
  EXPECT_EQ(load.config, "p.toml");
  EXPECT_THAT(load.inputs, ElementsAre("a.csv", "b.csv"));
  EXPECT_EQ(load.run_dir, "run");
  EXPECT_EQ(load.limit, 10U);
  EXPECT_EQ(load.run.max_errors, MaxErrors::records(5));
  EXPECT_EQ(load.run.deadline, StopTime(ClockTime{std::chrono::minutes(390)}));
  EXPECT_EQ(load.run.metrics_file, "m.prom");
  EXPECT_EQ(load.run.html, "r.html");
  EXPECT_TRUE(load.run.wait);
  EXPECT_THAT(load.common.overrides, ElementsAre("limits.requests=5", "limits.window=1s"));
  EXPECT_EQ(load.common.progress, ProgressMode::plain);
  EXPECT_EQ(load.common.log_level, LogLevel::debug);
}

TEST(CommandLine, LoadHasDefaults) {
  const auto load = options_of<LoadOptions>({"load", "--config=p.toml", "-"});
  EXPECT_THAT(load.inputs, ElementsAre("-"));
  EXPECT_EQ(load.run_dir, std::nullopt);
  EXPECT_EQ(load.limit, std::nullopt);
  EXPECT_EQ(load.run.max_errors, std::nullopt);
  EXPECT_EQ(load.run.deadline, std::nullopt);
  EXPECT_FALSE(load.run.wait);
  EXPECT_EQ(load.common.progress, ProgressMode::automatic);
  EXPECT_EQ(load.common.log_level, LogLevel::info);
}

TEST(CommandLine, CommonOptionsMayStandBeforeTheCommand) {
  const auto resume =
      options_of<ResumeOptions>({"--progress", "none", "resume", "run", "--set", "a=b"});
  EXPECT_EQ(resume.common.progress, ProgressMode::none);
  EXPECT_THAT(resume.common.overrides, ElementsAre("a=b"));
  EXPECT_EQ(resume.run_dir, "run");
}

TEST(CommandLine, ASetTakesOneValueAndNotTheInputAfterIt) {
  const auto load = options_of<LoadOptions>({"load", "-c", "p", "--set", "a=b", "x.csv"});
  EXPECT_THAT(load.common.overrides, ElementsAre("a=b"));
  EXPECT_THAT(load.inputs, ElementsAre("x.csv"));
}

TEST(CommandLine, ASetKeepsItsValueAsTyped) {
  const auto load =
      options_of<LoadOptions>({"load", "-c", "p", "x.csv", "--set",
                               "properties.x={ from = \"A, b\" }", "--set=input.delimiter=;"});
  EXPECT_THAT(load.common.overrides,
              ElementsAre("properties.x={ from = \"A, b\" }", "input.delimiter=;"));
}

TEST(CommandLine, AFileMayHaveTheNameOfACommand) {
  const auto load = options_of<LoadOptions>({"load", "-c", "p", "check", "load"});
  EXPECT_THAT(load.inputs, ElementsAre("check", "load"));
}

TEST(CommandLine, AfterTwoDashesEverythingIsAnInput) {
  const auto load = options_of<LoadOptions>({"load", "-c", "p", "--", "--wait"});
  EXPECT_THAT(load.inputs, ElementsAre("--wait"));
  EXPECT_FALSE(load.run.wait);
}

TEST(CommandLine, ResumeTakesTheOptionsOfARun) {
  const auto resume =
      options_of<ResumeOptions>({"resume", "run", "--deadline", "2h", "--max-errors", "2.5%",
                                 "--metrics-file", "m", "--html", "h", "--wait"});
  EXPECT_EQ(resume.run.deadline, StopTime(std::chrono::milliseconds(std::chrono::hours(2))));
  EXPECT_EQ(resume.run.max_errors, MaxErrors::percent(2.5));
  EXPECT_TRUE(resume.run.wait);
}

TEST(CommandLine, TheOtherCommandsTakeTheirOptions) {
  const auto check = options_of<CheckOptions>({"check", "-c", "p.toml", "a.csv", "--offline"});
  EXPECT_EQ(check.config, "p.toml");
  EXPECT_TRUE(check.offline);
  const auto init = options_of<InitOptions>({"init", "a.csv", "-o", "p.toml"});
  EXPECT_EQ(init.input, "a.csv");
  EXPECT_EQ(init.output, "p.toml");
  EXPECT_TRUE(options_of<ReportOptions>({"report", "run", "--json"}).json);
  EXPECT_EQ(options_of<ReportOptions>({"report", "run", "--html", "r.html"}).html, "r.html");
  EXPECT_EQ(options_of<VerifyOptions>({"verify", "run"}).run_dir, "run");
  EXPECT_TRUE(options_of<UndoOptions>({"undo", "run", "--yes"}).yes);
}

struct Misuse {
  Arguments arguments;
  std::string message;
};

class WrongUsage : public testing::TestWithParam<Misuse> {};

TEST_P(WrongUsage, IsOneSentenceAndHowToGetHelp) {
  EXPECT_EQ(usage_error(GetParam().arguments), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    CommandLine, WrongUsage,
    testing::Values(
        Misuse{{}, "payferry: a command is missing; see payferry --help\n"},
        Misuse{{"laod"},
               "payferry: \"laod\" is not a command; did you mean load?; see payferry --help\n"},
        Misuse{{"frobnicate"}, "payferry: \"frobnicate\" is not a command; see payferry --help\n"},
        Misuse{{"load", "a.csv"},
               "payferry load: -c CONFIG is missing; see payferry load --help\n"},
        Misuse{{"load", "-c", "p"},
               "payferry load: INPUT is missing: name a file, or - for standard input; see "
               "payferry load --help\n"},
        Misuse{{"load", "-c", "p", "a", "-"},
               "payferry load: standard input (-) cannot be mixed with files; see payferry load "
               "--help\n"},
        Misuse{{"load", "-c", "p", "a", "--limt", "5"},
               "payferry load: unknown option --limt; did you mean --limit?; see payferry load "
               "--help\n"},
        Misuse{{"load", "-c", "p", "a", "--limt=5"},
               "payferry load: unknown option --limt; did you mean --limit?; see payferry load "
               "--help\n"},
        Misuse{{"check", "-c", "p", "a", "--wait"},
               "payferry check: unknown option --wait; see payferry check --help\n"},
        Misuse{{"--frob"}, "payferry: unknown option --frob; see payferry --help\n"},
        Misuse{{"load", "-c", "p", "a", "-x"},
               "payferry load: unknown option -x; see payferry load --help\n"},
        Misuse{{"load", "-c", "p", "a", "--limit"},
               "payferry load: --limit needs a value; see payferry load --help\n"},
        Misuse{{"load", "-c", "p", "a", "--limit", "0"},
               "payferry load: --limit must be a number of records, at least 1, not \"0\"; see "
               "payferry load --help\n"},
        Misuse{{"load", "-c", "p", "a", "--limit", "1", "--limit", "2"},
               "payferry load: --limit is given twice; see payferry load --help\n"},
        Misuse{
            {"load", "-c", "p", "a", "--run-dir", ""},
            "payferry load: --run-dir needs a value that is not empty; see payferry load --help\n"},
        Misuse{{"load", "-c", "p", "a", "--max-errors", "many"},
               "payferry load: --max-errors must be a number of records such as 100, or a share "
               "such as 2%, not "
               "\"many\"; see payferry load --help\n"},
        Misuse{{"load", "-c", "p", "a", "--deadline", "25:00"},
               "payferry load: --deadline must be a time of day such as 06:30, or a duration such "
               "as 2h, not "
               "\"25:00\"; see payferry load --help\n"},
        Misuse{{"load", "-c", "p", "a", "--progress", "loud"},
               "payferry load: --progress must be \"auto\", \"bar\", \"plain\" or \"none\", not "
               "\"loud\"; see payferry "
               "load --help\n"},
        Misuse{{"load", "-c", "p", "a", "--log-level", "all"},
               "payferry load: --log-level must be \"trace\", \"debug\", \"info\", \"warn\" or "
               "\"error\", not \"all\"; "
               "see payferry load --help\n"},
        Misuse{{"resume"}, "payferry resume: RUN_DIR is missing; see payferry resume --help\n"},
        Misuse{{"resume", "a", "b"},
               "payferry resume: unexpected argument \"b\"; see payferry resume --help\n"},
        Misuse{
            {"report", "a", "--json", "--html", "x"},
            "payferry report: --json and --html exclude each other; see payferry report --help\n"},
        Misuse{{"init"}, "payferry init: INPUT is missing; see payferry init --help\n"}));

TEST(Help, GoesToStandardOutputWithExitCode0) {
  EXPECT_EQ(ending_of({"--help"}).exit_code, 0);
  EXPECT_EQ(ending_of({"--help"}).err, "");
  EXPECT_EQ(ending_of({"--help"}).out, help_text(""));
  EXPECT_EQ(ending_of({"load", "--help"}).out, help_text("load"));
  EXPECT_EQ(ending_of({"load", "-c", "p", "-h"}).out, help_text("load"));
}

TEST(Help, HasAnExampleForEveryCommandAndFits80Columns) {
  for (const std::string_view command : kCommands) {
    EXPECT_THAT(help_text(command), HasSubstr("Example: payferry " + std::string(command)))
        << command;
    EXPECT_THAT(help_text(""), HasSubstr("\n  " + std::string(command))) << command;
  }
  for (const std::string_view command :
       {"", "init", "check", "load", "resume", "report", "verify", "undo"}) {
    std::istringstream lines(help_text(command));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
  }
}

TEST(Help, NamesEveryOptionOfTheCommand) {
  for (const char* option :
       {"--config", "--run-dir", "--limit", "--max-errors", "--deadline", "--metrics-file",
        "--html", "--wait", "--set", "--progress", "--log-level", "--help", "--version"}) {
    EXPECT_THAT(help_text("load"), HasSubstr(option));
  }
  EXPECT_THAT(help_text("check"), HasSubstr("--offline"));
  EXPECT_THAT(help_text("init"), HasSubstr("-o, --output"));
  EXPECT_THAT(help_text("report"), HasSubstr("--json"));
  EXPECT_THAT(help_text("undo"), HasSubstr("--yes"));
}

TEST(Version, IsThatOfTheBuild) {
  EXPECT_EQ(ending_of({"--version"}).exit_code, 0);
  EXPECT_THAT(ending_of({"--version"}).out,
              testing::MatchesRegex("payferry [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

}  // namespace
}  // namespace payferry

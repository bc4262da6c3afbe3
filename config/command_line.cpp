#include "config/command_line.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "config/help_text.hpp"
#include "config/secret_text.hpp"
#include "config/typed_arguments.hpp"
#include "config/value_form.hpp"
#include "config/version.hpp"

namespace payferry {

namespace {

using Typed = TypedArguments;
using Texts = TypedArguments::Texts;

/// A usage error on its way to parse_command_line.
struct UsageError {
  std::string message;
};

std::optional<std::string> at_most_one(std::string_view option, const Texts& values) {
  if (values.empty()) return std::nullopt;
  if (values.size() > 1) throw UsageError{std::string(option) + " is given twice"};
  if (values.front().empty())
    throw UsageError{std::string(option) + " needs a value that is not empty"};
  return values.front();
}

template <typename Choice>
Choice choice(std::string_view option, const Texts& values, const NamedChoices<Choice>& choices,
              Choice otherwise) {
  const std::optional<std::string> text = at_most_one(option, values);
  if (!text) return otherwise;
  std::vector<std::string_view> names;
  for (const auto& [name, value] : choices) {
    if (name == *text) return value;
    names.push_back(name);
  }
  throw UsageError{std::string(option) + " must be " + alternatives(names) + ", not " +
                   shown_text(*text)};
}

CommonOptions common_options(const Typed& typed) {
  static const NamedChoices<ProgressMode> modes{{"auto", ProgressMode::automatic},
                                                {"bar", ProgressMode::bar},
                                                {"plain", ProgressMode::plain},
                                                {"none", ProgressMode::none}};
  static const NamedChoices<LogLevel> levels{{"trace", LogLevel::trace},
                                             {"debug", LogLevel::debug},
                                             {"info", LogLevel::info},
                                             {"warn", LogLevel::warn},
                                             {"error", LogLevel::error}};
  CommonOptions common;
  common.overrides = typed.set;
  common.progress = choice("--progress", typed.progress, modes, common.progress);
  common.log_level = choice("--log-level", typed.log_level, levels, common.log_level);
  return common;
}

/// Reads an option's value with a parser that says why not.
template <typename T, typename Parse>
std::optional<T> parsed(std::string_view option, const Texts& values, Parse parse) {
  const std::optional<std::string> text = at_most_one(option, values);
  if (!text) return std::nullopt;
  tl::expected<T, std::string> value = parse(*text);
  if (!value) throw UsageError{std::string(option) + ' ' + value.error()};
  return std::move(*value);
}

tl::expected<std::uint64_t, std::string> parse_limit(std::string_view text) {
  std::uint64_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error == std::errc() && end == text.data() + text.size() && limit > 0) return limit;
  return tl::unexpected("must be a number of records, at least 1, not " + shown_text(text));
}

RunOptions run_options(const Typed& typed) {
  RunOptions run;
  run.max_errors = parsed<MaxErrors>("--max-errors", typed.max_errors, MaxErrors::parse);
  run.deadline = parsed<StopTime>("--deadline", typed.deadline, parse_stop_time);
  run.metrics_file = at_most_one("--metrics-file", typed.metrics_file);
  run.html = at_most_one("--html", typed.html);
  run.wait = typed.wait;
  return run;
}

std::string config_of(const Typed& typed) {
  std::optional<std::string> config = at_most_one("--config", typed.config);
  if (!config) throw UsageError{"-c CONFIG is missing"};
  return std::move(*config);
}

std::vector<std::string> inputs_of(const Typed& typed) {
  const Texts& inputs = typed.positionals;
  if (inputs.empty()) throw UsageError{"INPUT is missing: name a file, or - for standard input"};
  if (std::find(inputs.begin(), inputs.end(), "") != inputs.end())
    throw UsageError{"INPUT must not be empty"};
  const bool from_pipe = std::find(inputs.begin(), inputs.end(), "-") != inputs.end();
  if (from_pipe && inputs.size() > 1)
    throw UsageError{"standard input (-) cannot be mixed with files"};
  return inputs;
}

std::string only_positional(const Typed& typed, std::string_view what) {
  if (typed.positionals.empty() || typed.positionals.front().empty()) {
    throw UsageError{std::string(what) + " is missing"};
  }
  if (typed.positionals.size() > 1)
    throw UsageError{"unexpected argument " + shown_text(typed.positionals[1])};
  return typed.positionals.front();
}

LoadOptions load_options(const Typed& typed) {
  LoadOptions load;
  load.common = common_options(typed);
  load.config = config_of(typed);
  load.inputs = inputs_of(typed);
  load.run_dir = at_most_one("--run-dir", typed.run_dir);
  load.limit = parsed<std::uint64_t>("--limit", typed.limit, parse_limit);
  load.run = run_options(typed);
  return load;
}

CheckOptions check_options(const Typed& typed) {
  return {common_options(typed), config_of(typed), inputs_of(typed), typed.offline};
}

ReportOptions report_options(const Typed& typed) {
  if (typed.json && !typed.html.empty()) throw UsageError{"--json and --html exclude each other"};
  return {common_options(typed), only_positional(typed, "RUN_DIR"), typed.json,
          at_most_one("--html", typed.html)};
}

CommandLine options_of(const Typed& typed) {
  const std::string& command = typed.command;
  if (!typed.problem.empty()) throw UsageError{typed.problem};
  if (command.empty()) throw UsageError{"a command is missing"};
  if (command == "load") return load_options(typed);
  if (command == "check") return check_options(typed);
  if (command == "report") return report_options(typed);
  if (command == "init") {
    return InitOptions{common_options(typed), only_positional(typed, "INPUT"),
                       at_most_one("--output", typed.output)};
  }
  if (command == "resume") {
    return ResumeOptions{common_options(typed), only_positional(typed, "RUN_DIR"),
                         run_options(typed)};
  }
  if (command == "verify")
    return VerifyOptions{common_options(typed), only_positional(typed, "RUN_DIR")};
  return UndoOptions{common_options(typed), only_positional(typed, "RUN_DIR"), typed.yes};
}

Ending usage_ending(const std::string& command, const std::string& message) {
  const std::string called = command.empty() ? "payferry" : "payferry " + command;
  return {2, "", called + ": " + message + "; see " + called + " --help\n"};
}

std::string version_text(std::string_view commit) {
  const std::string text = "payferry " + std::string(version());
  return commit.empty() ? text + '\n' : text + " (" + std::string(commit) + ")\n";
}

}  // namespace

tl::expected<CommandLine, Ending> parse_command_line(std::span<const std::string> arguments,
                                                     std::string_view commit) {
  const TypedArguments typed = read_arguments(arguments);
  if (typed.help) return tl::unexpected(Ending{0, help_text(typed.command), ""});
  if (typed.version) {
    return tl::unexpected(Ending{0, version_text(commit), ""});
  }
  try {
    return options_of(typed);
  } catch (const UsageError& error) {
    return tl::unexpected(usage_ending(typed.command, error.message));
  }
}

}  // namespace payferry

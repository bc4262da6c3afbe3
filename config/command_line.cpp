#include "config/command_line.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "config/help_text.hpp"
#include "config/secret_text.hpp"
#include "config/value_form.hpp"
#include "config/version.hpp"
#include "model/nearest_name.hpp"

namespace payferry {

namespace {

using Texts = std::vector<std::string>;

/// Every option as it was typed. CLI11 only tells options, their values and positionals apart; what
/// they mean is checked afterwards, so that every message has one form.
struct Typed {
  bool help = false;
  bool version = false;
  Texts set, progress, log_level;
  Texts config, run_dir_option, limit, max_errors, deadline, metrics_file, html, output;
  bool wait = false, offline = false, json = false, yes = false;
  Texts positionals;
  Texts unknown;  ///< what belongs to nothing, in the order of the command line
};

/// A usage error on its way to parse_command_line.
struct UsageError {
  std::string message;
};

void add_value(CLI::App& app, const std::string& name, Texts& target) {
  app.add_option(name, target)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_run_options(CLI::App& command, Typed& typed) {
  add_value(command, "--max-errors", typed.max_errors);
  add_value(command, "--deadline", typed.deadline);
  add_value(command, "--metrics-file", typed.metrics_file);
  add_value(command, "--html", typed.html);
  command.add_flag("--wait", typed.wait);
}

void add_options_of(std::string_view name, CLI::App& command, Typed& typed) {
  if (name == "load" || name == "check") add_value(command, "-c,--config", typed.config);
  if (name == "load" || name == "resume") add_run_options(command, typed);
  if (name == "load") {
    add_value(command, "--run-dir", typed.run_dir_option);
    add_value(command, "--limit", typed.limit);
  }
  if (name == "check") command.add_flag("--offline", typed.offline);
  if (name == "init") add_value(command, "-o,--output", typed.output);
  if (name == "report") {
    command.add_flag("--json", typed.json);
    add_value(command, "--html", typed.html);
  }
  if (name == "undo") command.add_flag("--yes", typed.yes);
}

void add_common_options(CLI::App& app, Typed& typed) {
  add_value(app, "--set", typed.set);
  add_value(app, "--progress", typed.progress);
  add_value(app, "--log-level", typed.log_level);
  app.add_flag("-h,--help", typed.help);
  app.add_flag("--version", typed.version);
}

void describe(CLI::App& app, Typed& typed) {
  app.set_help_flag();
  app.allow_extras();
  app.fallthrough();
  app.require_subcommand(0, 1);
  add_common_options(app, typed);
  for (const std::string_view name : kCommands) {
    CLI::App* command = app.add_subcommand(std::string(name));
    command->set_help_flag();
    command->add_option("positionals", typed.positionals);
    add_options_of(name, *command, typed);
  }
}

std::string chosen_command(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? std::string() : commands.front()->get_name();
}

/// The names that may stand on the command line, for "did you mean".
Texts option_names(const CLI::App& app) {
  Texts names;
  std::vector<const CLI::App*> levels{&app};
  for (const CLI::App* command : app.get_subcommands()) levels.push_back(command);
  for (const CLI::App* level : levels) {
    for (const CLI::Option* option : level->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

std::string did_you_mean(std::string_view name, std::span<const std::string> names) {
  const auto nearest = nearest_name(name, names);
  return nearest ? "; did you mean " + std::string(*nearest) + '?' : std::string();
}

std::string did_you_mean_command(std::string_view name) {
  const Texts names(kCommands.begin(), kCommands.end());
  return did_you_mean(name, names);
}

void refuse_unknown(const CLI::App& app, const Typed& typed) {
  if (typed.unknown.empty()) return;
  const auto is_option = [](const std::string& text) {
    return text.size() > 1 && text.front() == '-';
  };
  const auto option = std::find_if(typed.unknown.begin(), typed.unknown.end(), is_option);
  if (option == typed.unknown.end() && chosen_command(app).empty()) {
    throw UsageError{shown_text(typed.unknown.front()) + " is not a command" +
                     did_you_mean_command(typed.unknown.front())};
  }
  if (option == typed.unknown.end())
    throw UsageError{"unexpected argument " + shown_text(typed.unknown.front())};
  const std::string name = option->substr(0, option->find('='));
  throw UsageError{"unknown option " + name + did_you_mean(name, option_names(app))};
}

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
  load.run_dir = at_most_one("--run-dir", typed.run_dir_option);
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

CommandLine options_of(std::string_view command, const Typed& typed) {
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

/// CLI11's own refusals: an option without its value, a flag with one.
std::string explain(const CLI::ParseError& error) {
  const std::string text = error.what();
  const std::string name = text.substr(0, text.find_first_of(": "));
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) return name + " needs a value";
  return text;
}

void read(CLI::App& app, std::span<const std::string> arguments, Typed& typed) {
  try {
    app.parse(Texts(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    throw UsageError{explain(error)};
  }
  typed.unknown = app.remaining(true);
  std::erase(typed.unknown, "--");  // the mark after which nothing is an option
}

Ending usage_ending(const std::string& command, const std::string& message) {
  const std::string called = command.empty() ? "payferry" : "payferry " + command;
  return {2, "", called + ": " + message + "; see " + called + " --help\n"};
}

}  // namespace

tl::expected<CommandLine, Ending> parse_command_line(std::span<const std::string> arguments) {
  CLI::App app;
  Typed typed;
  describe(app, typed);
  try {
    read(app, arguments, typed);
    const std::string command = chosen_command(app);
    if (typed.help) return tl::unexpected(Ending{0, help_text(command), ""});
    if (typed.version)
      return tl::unexpected(Ending{0, "payferry " + std::string(version()) + '\n', ""});
    refuse_unknown(app, typed);
    if (command.empty()) throw UsageError{"a command is missing"};
    return options_of(command, typed);
  } catch (const UsageError& error) {
    return tl::unexpected(usage_ending(chosen_command(app), error.message));
  }
}

}  // namespace payferry

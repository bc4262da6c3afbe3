#include "config/typed_arguments.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string_view>

#include "config/help_text.hpp"
#include "config/secret_text.hpp"
#include "model/nearest_name.hpp"

namespace payferry {

namespace {

using Texts = TypedArguments::Texts;

void add_value(CLI::App& app, const std::string& name, Texts& target) {
  app.add_option(name, target)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_run_options(CLI::App& command, TypedArguments& typed) {
  add_value(command, "--max-errors", typed.max_errors);
  add_value(command, "--deadline", typed.deadline);
  add_value(command, "--metrics-file", typed.metrics_file);
  add_value(command, "--html", typed.html);
  command.add_flag("--wait", typed.wait);
}

void add_options_of(std::string_view name, CLI::App& command, TypedArguments& typed) {
  if (name == "load" || name == "check") add_value(command, "-c,--config", typed.config);
  if (name == "load" || name == "resume") add_run_options(command, typed);
  if (name == "load") {
    add_value(command, "--run-dir", typed.run_dir);
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

void add_common_options(CLI::App& app, TypedArguments& typed) {
  add_value(app, "--set", typed.set);
  add_value(app, "--progress", typed.progress);
  add_value(app, "--log-level", typed.log_level);
  app.add_flag("-h,--help", typed.help);
  app.add_flag("--version", typed.version);
}

void describe(CLI::App& app, TypedArguments& typed) {
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

/// What belongs to nothing, by the first option among it.
std::string refuse_unknown(const CLI::App& app, const Texts& unknown) {
  if (unknown.empty()) return {};
  const auto is_option = [](const std::string& text) {
    return text.size() > 1 && text.front() == '-';
  };
  const auto option = std::find_if(unknown.begin(), unknown.end(), is_option);
  if (option != unknown.end()) {
    const std::string name = option->substr(0, option->find('='));
    return "unknown option " + name + did_you_mean(name, option_names(app));
  }
  const std::string& text = unknown.front();
  if (!chosen_command(app).empty()) return "unexpected argument " + shown_text(text);
  return shown_text(text) + " is not a command" + did_you_mean_command(text);
}

/// CLI11's own refusals: an option without its value, a flag with one.
std::string explain(const CLI::ParseError& error) {
  std::string text = error.what();
  const std::string name = text.substr(0, text.find_first_of(": "));
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) return name + " needs a value";
  return text;
}

}  // namespace

TypedArguments read_arguments(std::span<const std::string> arguments) {
  CLI::App app;
  TypedArguments typed;
  describe(app, typed);
  try {
    app.parse(Texts(arguments.rbegin(), arguments.rend()));
    Texts unknown = app.remaining(true);
    std::erase(unknown, "--");  // the mark after which nothing is an option
    typed.problem = refuse_unknown(app, unknown);
  } catch (const CLI::ParseError& error) {
    typed.problem = explain(error);
  }
  typed.command = chosen_command(app);
  return typed;
}

}  // namespace payferry

#include "loader/commands/run_plan.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <random>
#include <utility>

#include "config/later_overrides.hpp"
#include "config/load_settings.hpp"
#include "config/settings_change.hpp"
#include "config/version.hpp"
#include "loader/commands/command_failure.hpp"
#include "loader/commands/given_config.hpp"
#include "net/system_time.hpp"

namespace payferry {

namespace {

/// 20261124T073300Z: sorts by time, and is a good file name.
std::string compact_time(Instant instant) {
  std::string text = to_iso8601(instant).substr(0, 19) + "Z";
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::string new_run_id(Instant now) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::random_device random;
  std::string id = compact_time(now) + "-";
  for (int digit = 0; digit < 8; ++digit) id.push_back(kDigits[random() % kDigits.size()]);
  return id;
}

std::filesystem::path default_run_dir(const std::string& first_input, Instant now) {
  const std::string stem =
      first_input == "-" ? "stdin" : std::filesystem::path(first_input).stem().string();
  return std::filesystem::path("payferry-runs") / (stem + "-" + compact_time(now));
}

std::string absolute(const std::string& input) {
  return input == "-" ? input : std::filesystem::absolute(input).lexically_normal().string();
}

std::vector<InputInfo> named_inputs(const std::vector<std::string>& paths) {
  std::vector<InputInfo> inputs;
  for (const std::string& path : paths) {
    InputInfo& input = inputs.emplace_back();
    input.path = absolute(path);
  }
  return inputs;
}

/// The run counts relative paths from where it was begun; what is said now counts from here.
std::string with_path_from_here(const std::string& override) {
  static constexpr std::array<std::string_view, 4> kPaths{"hubspot.ca_file", "hubspot.token_file",
                                                          "hubspot.client_certificate_file",
                                                          "hubspot.client_key_file"};
  const auto equals = override.find('=');
  const std::string key = override.substr(0, equals);
  if (equals == std::string::npos || std::find(kPaths.begin(), kPaths.end(), key) == kPaths.end()) {
    return override;
  }
  std::string path = override.substr(equals + 1);
  if (path.size() > 1 && path.front() == '"' && path.back() == '"') {
    path = path.substr(1, path.size() - 2);
  }
  if (path.empty() || path.front() == '/' || path.front() == '$') return override;
  return key + "=" + (std::filesystem::current_path() / path).string();
}

/// What is wrong with it is told of the copy that the run keeps: the file may hold other lines by
/// now.
Settings settings_of_run(const Manifest& manifest) {
  ConfigSource copy = manifest.config;
  copy.file_name.insert(0, "the run's copy of ");
  return value_or_refuse(load_settings(copy));
}

Manifest read_manifest(const RunDirectory& directory) {
  return value_or_refuse(Manifest::parse(directory.read(kManifestFile).value_or("")));
}

void refuse_other_inputs(const std::vector<InputInfo>& before, const std::vector<InputInfo>& now) {
  bool same = before.size() == now.size();
  for (std::size_t i = 0; same && i < now.size(); ++i) same = before[i].path == now[i].path;
  if (same) return;
  std::string names;
  for (const InputInfo& input : before) names += " " + input.path;
  refuse("The run that stands there loads other inputs (" + names.substr(1) +
         "); name these, or choose another --run-dir");
}

std::string limit_text(std::optional<std::uint64_t> limit) {
  return limit ? "with --limit " + std::to_string(*limit) : "without --limit";
}

/// It is part of what the run is to load, as the input is.
void refuse_other_limit(std::optional<std::uint64_t> before, std::optional<std::uint64_t> now) {
  if (before == now) return;
  refuse("The run that stands there was begun " + limit_text(before) + ", and this is " +
         limit_text(now) +
         "; say the same, or choose another --run-dir: what is loaded already is told as existing");
}

void refuse_other_settings(const Settings& before, const Settings& now) {
  if (const auto change = forbidden_change(before, now)) refuse(*change);
}

const date::time_zone& local_zone() {
  try {
    return *date::current_zone();
  } catch (const std::exception& failure) {
    refuse(std::string(
               "--deadline is a time of day, and the time zone of this machine is not known (") +
           failure.what() + "): set /etc/localtime, or give a duration such as 2h");
  }
}

/// A time of day is the next one from here, however long the input is waited for.
std::optional<SteadyPoint> deadline_of(const RunOptions& run) {
  if (!run.deadline) return std::nullopt;
  const SystemTime time;
  const Instant now = time.wall_now();
  return time.now() + (resolve(*run.deadline, now, local_zone) - now);
}

}  // namespace

RunPlan plan_load(const LoadOptions& options) {
  const Instant now = SystemTime().wall_now();
  const std::optional<SteadyPoint> stops_at = deadline_of(options.run);
  const ConfigSource config = read_given_config(options.config, options.common.overrides);
  Settings settings = value_or_refuse(load_settings(config));
  RunDirectory directory = value_or_refuse(
      options.run_dir ? RunDirectory::open(*options.run_dir)
                      : RunDirectory::make(default_run_dir(options.inputs[0], now)));

  Manifest manifest;
  const bool is_new = !directory.holds_a_run();
  if (is_new) {
    manifest.version = version();
    manifest.run_id = new_run_id(now);
    manifest.inputs = named_inputs(options.inputs);
    manifest.names = options.inputs;
    manifest.limit = options.limit;
  } else {
    manifest = read_manifest(directory);
    refuse_other_inputs(manifest.inputs, named_inputs(options.inputs));
    refuse_other_limit(manifest.limit, options.limit);
    refuse_other_settings(settings_of_run(manifest), settings);
  }
  manifest.config = config;
  settings.mapping.run_id = manifest.run_id;
  RunPlan plan(std::move(directory), std::move(manifest));
  plan.is_new = is_new;
  plan.inputs_are_given = !is_new;
  plan.settings = std::move(settings);
  plan.run = options.run;
  plan.stops_at = stops_at;
  plan.common = options.common;
  return plan;
}

RunPlan plan_resume(const ResumeOptions& options) {
  const std::optional<SteadyPoint> stops_at = deadline_of(options.run);
  RunDirectory directory = value_or_refuse(RunDirectory::open_existing(options.run_dir));
  Manifest manifest = read_manifest(directory);
  const Settings before = settings_of_run(manifest);
  std::vector<std::string> overrides;
  for (const std::string& override : options.common.overrides) {
    overrides.push_back(with_path_from_here(override));
  }
  add_later_overrides(manifest.config, overrides);
  Settings settings = settings_of_run(manifest);
  refuse_other_settings(before, settings);
  settings.mapping.run_id = manifest.run_id;
  RunPlan plan(std::move(directory), std::move(manifest));
  plan.is_new = false;
  plan.settings = std::move(settings);
  plan.run = options.run;
  plan.stops_at = stops_at;
  plan.common = options.common;
  return plan;
}

RunPlan plan_of_run(const CommonOptions& common, const std::string& run_dir) {
  ResumeOptions options;
  options.common = common;
  options.run_dir = run_dir;
  return plan_resume(options);
}

}  // namespace payferry

#include "config/load_settings.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "config/config_value.hpp"
#include "config/secret_text.hpp"
#include "config/sections.hpp"

namespace payferry {

namespace {

/// No config comes near it; it keeps a mistaken data file from being read whole.
constexpr std::uintmax_t kMaxConfigBytes = 4 * 1024 * 1024;

ConfigPlace place_at(const std::string& file, std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t line_start = before.rfind('\n') + 1;
  return {file, static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(at - line_start + 1)};
}

/// The text goes into the run directory as it stands: no token may be in it, not even in a comment.
void refuse_tokens(const ConfigSource& source, ConfigError& error) {
  constexpr std::string_view kRemedy =
      "a HubSpot token stands here: put it into an environment variable (token_env) or a file of "
      "its own "
      "(token_file), never into a config; and rotate it if this file was shared";
  const std::size_t at = find_token(source.toml);
  if (at != std::string::npos)
    error.add({place_at(source.file_name, source.toml, at), "", std::string(kRemedy)});
  for (const std::string& text : source.overrides) {
    if (find_token(text) != std::string::npos)
      error.add({{"--set", 0, 0}, "", std::string(kRemedy)});
  }
}

Settings read_sections(TableReader& root, const ConfigSource& source) {
  Settings settings;
  read_hubspot_section(root.table("hubspot"), source, settings);
  read_input_section(root.table("input"), settings.input);
  read_properties_section(root.table("properties"), settings.mapping);
  read_associations_section(root.find("associations"), root, settings.mapping);
  read_limits_section(root.table("limits"), settings.limits);
  read_retry_section(root.table("retry"), settings.retry);
  read_results_section(root.table("results"), settings.results);
  root.finish();
  return settings;
}

ConfigError unreadable(const std::string& file_name, const std::string& why) {
  ConfigError error;
  error.add({{file_name, 0, 0}, "", why});
  return error;
}

std::string cannot_be_read(int error) {
  if (error == EACCES) return "cannot be read: check its permissions";
  return "cannot be read: " + std::generic_category().message(error);
}

std::string reason_not_to_read(const std::filesystem::path& path) {
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status)) {
    return "there is no such config file; `payferry init INPUT -o payments.toml` writes one";
  }
  if (std::filesystem::is_directory(status)) return "is a directory, not a config file";
  if (std::filesystem::is_regular_file(status) &&
      std::filesystem::file_size(path, failure) > kMaxConfigBytes) {
    return "is larger than 4 MiB, which no config is; is it the input?";
  }
  return {};
}

}  // namespace

tl::expected<Settings, ConfigError> load_settings(const ConfigSource& source) {
  ConfigError error;
  refuse_tokens(source, error);
  if (!error.empty()) return tl::unexpected(std::move(error));
  const tl::expected<ConfigValue, ConfigError> config = parse_config(source);
  if (!config) return tl::unexpected(config.error());
  TableReader root(&*config, "", {source.file_name, 0, 0}, error);
  Settings settings = read_sections(root, source);
  check_mapping(root, settings.hubspot, settings.mapping);
  if (error.empty()) return settings;
  error.sort_by_place();
  return tl::unexpected(std::move(error));
}

tl::expected<ConfigSource, ConfigError> read_config_file(const std::string& file_name) {
  const std::string refusal = reason_not_to_read(file_name);
  if (!refusal.empty()) return tl::unexpected(unreadable(file_name, refusal));
  std::ifstream file(file_name, std::ios::binary);
  ConfigSource source;
  source.file_name = file_name;
  source.toml.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  if (!file) return tl::unexpected(unreadable(file_name, cannot_be_read(errno)));
  std::error_code failure;
  source.working_directory = std::filesystem::current_path(failure).string();
  source.directory = std::filesystem::absolute(file_name, failure).parent_path().string();
  return source;
}

}  // namespace payferry

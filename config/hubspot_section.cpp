#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "config/base_url.hpp"
#include "config/secret_text.hpp"
#include "config/sections.hpp"

namespace payferry {

namespace {

bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}
bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

bool is_object_type(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) {
    return is_letter(letter) || is_digit(letter) || letter == '_' || letter == '-';
  });
}

bool is_property_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) {
    return is_letter(letter) || is_digit(letter) || letter == '_';
  });
}

bool is_variable_name(std::string_view text) {
  return is_property_name(text) && !is_digit(text.front());
}

/// "v3", or "2026-03" with a suffix such as "-beta" (contract §1.2).
bool is_api_version(std::string_view text) {
  constexpr std::string_view kPattern = "dddd-dd";
  if (text == "v3") return true;
  if (text.size() < kPattern.size()) return false;
  for (std::size_t i = 0; i < kPattern.size(); ++i) {
    if (kPattern[i] == 'd' ? !is_digit(text[i]) : text[i] != '-') return false;
  }
  const std::string_view suffix = text.substr(kPattern.size());
  return suffix.empty() || (suffix.front() == '-' && is_object_type(suffix.substr(1)));
}

/// A key whose value may be a secret by mistake: what stands there is never shown.
void read_variable(TableReader& table, std::string_view key, std::optional<std::string>& target) {
  const ConfigValue* value = table.find(key);
  if (value == nullptr) return;
  std::optional<std::string> name = text_of(*value);
  if (name && is_variable_name(*name)) {
    target = std::move(name);
  } else {
    table.add(value->place, key,
              "must be the name of an environment variable, such as \"HUBSPOT_TOKEN\", never the "
              "secret itself");
  }
}

std::string absolute(const std::string& path, const std::string& directory) {
  const bool relative = !path.empty() && path.front() != '/' && path.front() != '$';
  return relative && !directory.empty() ? directory + '/' + path : path;
}

void read_path(TableReader& table, std::string_view key, const ConfigSource& source,
               std::optional<std::string>& target) {
  table.read(key, target, text_where("the path of a file", [](std::string_view text) {
               return !text.empty() && !looks_like_secret(text);
             }));
  const ConfigValue* value = table.find(key);
  if (value == nullptr || !target) return;
  target = absolute(*target, value->is_override ? source.working_directory : source.directory);
}

void read_oauth(TableReader& hubspot, HubSpotSettings& settings) {
  TableReader table = hubspot.table("oauth");
  OAuthSettings oauth;
  const std::array<std::pair<std::string_view, std::string*>, 3> keys{
      {{"client_id_env", &oauth.client_id_env},
       {"client_secret_env", &oauth.client_secret_env},
       {"refresh_token_env", &oauth.refresh_token_env}}};
  for (const auto& [key, target] : keys) {
    std::optional<std::string> name;
    read_variable(table, key, name);
    if (table.value() != nullptr && !table.has(key)) {
      table.refuse(
          key, "is missing: OAuth needs client_id_env, client_secret_env and refresh_token_env");
    }
    *target = name.value_or("");
  }
  table.finish();
  settings.oauth = std::move(oauth);
}

/// By --set, as a whole or in part.
bool is_override(const ConfigValue& value) {
  return value.is_override ||
         std::any_of(value.entries.begin(), value.entries.end(),
                     [](const ConfigEntry& entry) { return entry.value.is_override; });
}

/// Where the token comes from; more than one is a mistake. One that --set names takes the place of
/// the file's.
std::vector<std::string_view> token_sources(TableReader& table) {
  std::vector<std::string_view> given;
  std::vector<std::string_view> overridden;
  for (const std::string_view key : kTokenSources) {
    const ConfigValue* value = table.find(key);
    if (value == nullptr) continue;
    given.push_back(key);
    if (is_override(*value)) overridden.push_back(key);
  }
  return overridden.empty() ? given : overridden;
}

void read_credentials(TableReader& table, const ConfigSource& source, HubSpotSettings& hubspot) {
  const std::vector<std::string_view> sources = token_sources(table);
  const auto is_source = [&](std::string_view key) {
    return std::find(sources.begin(), sources.end(), key) != sources.end();
  };
  if (is_source("token_env")) read_variable(table, "token_env", hubspot.token_env);
  if (is_source("token_file")) read_path(table, "token_file", source, hubspot.token_file);
  if (is_source("oauth")) read_oauth(table, hubspot);
  if (is_source("token_env") && is_source("token_file")) {
    table.refuse("token_file", "conflicts with hubspot.token_env: say where the token is once");
  }
  for (const std::string_view key : {"token_env", "token_file"}) {
    if (is_source("oauth") && is_source(key)) {
      table.refuse(key, "conflicts with hubspot.oauth: use a static token or OAuth, not both");
    }
  }
}

void check_base_url(TableReader& table, HubSpotSettings& hubspot) {
  const std::optional<BaseUrl> url = parse_base_url(hubspot.base_url);
  if (!url) {
    table.refuse(
        "base_url",
        "must be a URL such as \"https://api.hubapi.com\", without user, password or query, not " +
            shown_text(hubspot.base_url));
    return;
  }
  while (hubspot.base_url.ends_with('/')) hubspot.base_url.pop_back();
  if (url->secure || (hubspot.allow_http && is_loopback(url->host))) return;
  table.refuse("base_url", hubspot.allow_http ? "must be https: allow_http holds for a loopback "
                                                "address only, such as http://127.0.0.1:8080"
                                              : "must be https, so that the token and the payments "
                                                "travel encrypted (http is only for tests "
                                                "on a loopback address, with allow_http = true)");
}

/// The proxy's password would end up in the run directory with the config.
void check_proxy(TableReader& table, const HubSpotSettings& hubspot) {
  if (!hubspot.proxy) return;
  if (looks_like_secret(*hubspot.proxy)) {
    table.refuse("proxy",
                 "must not hold a user and password: set HTTPS_PROXY in the environment instead");
    return;
  }
  const std::optional<BaseUrl> url = parse_base_url(*hubspot.proxy);
  if (url && !url->secure && url->path.empty()) return;
  table.refuse("proxy", "must be the URL of an HTTP proxy, such as \"http://proxy:3128\", not " +
                            shown_text(*hubspot.proxy));
}

void check_client_certificate(TableReader& table, const HubSpotSettings& hubspot) {
  if (hubspot.client_certificate_file.has_value() == hubspot.client_key_file.has_value()) return;
  const bool key_missing = !hubspot.client_key_file;
  table.refuse(key_missing ? "client_certificate_file" : "client_key_file",
               std::string("needs ") +
                   (key_missing ? "client_key_file" : "client_certificate_file") + " beside it");
}

void read_connection(TableReader& table, const ConfigSource& source, HubSpotSettings& hubspot) {
  table.read("base_url", hubspot.base_url, any_text());
  table.read("allow_http", hubspot.allow_http, true_or_false());
  read_path(table, "ca_file", source, hubspot.ca_file);
  table.read("proxy", hubspot.proxy, any_text());
  read_path(table, "client_certificate_file", source, hubspot.client_certificate_file);
  read_path(table, "client_key_file", source, hubspot.client_key_file);
  check_base_url(table, hubspot);
  check_proxy(table, hubspot);
  check_client_certificate(table, hubspot);
}

void read_object(TableReader& table, HubSpotSettings& hubspot) {
  table.read(
      "object", hubspot.object,
      text_where("a CRM object type, such as \"commerce_payments\" or \"0-101\"", is_object_type));
  table.read("api_version", hubspot.api_version,
             text_where("\"v3\" or a dated version such as \"2026-03\"", is_api_version));
}

void check_write(TableReader& table, const Settings& settings) {
  const MappingRules& mapping = settings.mapping;
  if (mapping.write == WriteMode::upsert && !table.has("id_property")) {
    table.refuse(
        "write",
        "\"upsert\" needs id_property, a property with hasUniqueValue to find the record by");
  }
  if (settings.hubspot.on_existing == OnExisting::reject) {
    if (mapping.write == WriteMode::upsert) {
      table.refuse("on_existing",
                   "\"reject\" conflicts with write = \"upsert\", which updates what is there");
    } else if (!table.has("id_property")) {
      table.refuse("on_existing",
                   "\"reject\" needs id_property: without it nothing tells that a record is there");
    }
  }
  if (!mapping.run_property.empty() && mapping.run_property == mapping.id_property) {
    table.refuse("run_property", "must be another property than id_property");
  }
}

void read_write(TableReader& table, Settings& settings) {
  const auto property =
      text_where("the name of a HubSpot property (letters, digits and _)", is_property_name);
  table.read("write", settings.mapping.write,
             one_of<WriteMode>({{"create", WriteMode::create}, {"upsert", WriteMode::upsert}}));
  table.read("id_property", settings.mapping.id_property, property);
  table.read("on_existing", settings.hubspot.on_existing,
             one_of<OnExisting>({{"keep", OnExisting::keep}, {"reject", OnExisting::reject}}));
  table.read("run_property", settings.mapping.run_property, property);
  check_write(table, settings);
}

}  // namespace

void read_hubspot_section(TableReader table, const ConfigSource& source, Settings& settings) {
  read_connection(table, source, settings.hubspot);
  read_object(table, settings.hubspot);
  read_credentials(table, source, settings.hubspot);
  read_write(table, settings);
  table.finish();
}

}  // namespace payferry

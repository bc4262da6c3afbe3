#include "loader/run/manifest.hpp"

#include <boost/json/serialize.hpp>
#include <exception>
#include <stdexcept>

#include "loader/run/stored_json.hpp"

namespace payferry {

namespace json = boost::json;

namespace {

json::array to_json(const std::vector<std::string>& texts) {
  json::array array;
  for (const std::string& text : texts) array.push_back(stored_text(text));
  return array;
}

std::vector<std::string> parse_texts(const json::value& array) {
  std::vector<std::string> texts;
  for (const json::value& text : array.as_array()) texts.push_back(text_of(text));
  return texts;
}

json::object to_json(const ConfigSource& config) {
  json::object object;
  object["file"] = stored_text(config.file_name);
  object["directory"] = stored_text(config.directory);
  object["working_directory"] = stored_text(config.working_directory);
  object["set"] = to_json(config.overrides);
  object["toml"] = config.toml;
  return object;
}

ConfigSource parse_config(const json::object& object) {
  ConfigSource config;
  config.file_name = text_at(object, "file");
  config.directory = text_at(object, "directory");
  config.working_directory = text_at(object, "working_directory");
  config.overrides = parse_texts(object.at("set"));
  config.toml = text_at(object, "toml");
  return config;
}

json::object to_json(const InputInfo& input) {
  json::object object;
  object["path"] = stored_text(input.path);
  object["spooled"] = input.spooled;
  if (input.fingerprint) {
    object["size"] = input.fingerprint->size;
    object["fingerprint"] = hashes_to_text(*input.fingerprint);
  }
  return object;
}

InputInfo parse_input(const json::object& object) {
  InputInfo input;
  input.path = text_at(object, "path");
  input.spooled = object.at("spooled").as_bool();
  if (object.contains("fingerprint")) {
    input.fingerprint =
        fingerprint_from_text(number_at(object, "size"), text_at(object, "fingerprint"));
    if (!input.fingerprint) throw std::runtime_error("a fingerprint cannot be read");
  }
  return input;
}

Manifest parse_object(const json::object& object) {
  Manifest manifest;
  manifest.version = text_at(object, "payferry");
  manifest.run_id = text_at(object, "run");
  if (object.contains("account")) manifest.account = text_at(object, "account");
  manifest.config = parse_config(object.at("config").as_object());
  for (const json::value& input : object.at("inputs").as_array()) {
    manifest.inputs.push_back(parse_input(input.as_object()));
  }
  if (object.contains("names")) {
    manifest.names = parse_texts(object.at("names"));
  } else {
    for (const InputInfo& input : manifest.inputs) manifest.names.push_back(input.path);
  }
  if (object.contains("limit")) manifest.limit = number_at(object, "limit");
  for (const json::value& start : object.at("started").as_array()) {
    manifest.started.push_back(parse_iso8601(start.as_string()).value());
  }
  return manifest;
}

}  // namespace

std::string Manifest::to_json() const {
  json::object object;
  object["payferry"] = version;
  object["run"] = run_id;
  if (!account.empty()) object["account"] = account;
  json::array starts;
  for (const Instant start : started) starts.emplace_back(to_iso8601(start));
  object["started"] = std::move(starts);
  json::array files;
  for (const InputInfo& input : inputs) files.push_back(payferry::to_json(input));
  object["inputs"] = std::move(files);
  object["names"] = payferry::to_json(names);
  if (limit) object["limit"] = *limit;
  object["config"] = payferry::to_json(config);
  return json::serialize(object) + "\n";
}

tl::expected<Manifest, std::string> Manifest::parse(std::string_view text) {
  try {
    const json::value value = parse_stored_json(text);
    return parse_object(value.as_object());
  } catch (const std::exception& error) {
    return tl::unexpected("The manifest run.json cannot be read (" + std::string(error.what()) +
                          "); restore it from a copy");
  }
}

}  // namespace payferry

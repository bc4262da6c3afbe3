#include "config/config_value.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>
#include <utility>

#include <toml++/toml.h>

#include "config/secret_text.hpp"
#include "model/clean_text.hpp"

namespace payferry {

namespace {

using Kind = ConfigValue::Kind;

ConfigPlace place_of(const toml::source_region& region, const std::string& file) {
  return {file, region.begin.line, region.begin.column};
}

ConfigValue convert(const toml::node& node, const std::string& file);

void convert_table(const toml::table& table, const std::string& file, ConfigValue& value) {
  value.kind = Kind::table;
  for (const auto& [key, node] : table) {
    value.entries.push_back(
        {std::string(key.str()), place_of(key.source(), file), convert(node, file)});
  }
  std::stable_sort(value.entries.begin(), value.entries.end(),
                   [](const auto& left, const auto& right) {
                     return std::tie(left.place.line, left.place.column) <
                            std::tie(right.place.line, right.place.column);
                   });
}

void convert_scalar(const toml::node& node, ConfigValue& value) {
  if (const auto* text = node.as_string()) {
    value.kind = Kind::string;
    value.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    value.kind = Kind::integer;
    value.integer = integer->get();
  } else if (const auto* number = node.as_floating_point()) {
    value.kind = Kind::number;
    value.number = number->get();
  } else if (const auto* boolean = node.as_boolean()) {
    value.kind = Kind::boolean;
    value.boolean = boolean->get();
  } else {
    value.kind = Kind::moment;
  }
}

ConfigValue convert(const toml::node& node, const std::string& file) {
  ConfigValue value;
  value.place = place_of(node.source(), file);
  if (const auto* table = node.as_table()) {
    convert_table(*table, file, value);
  } else if (const auto* array = node.as_array()) {
    value.kind = Kind::array;
    for (const toml::node& element : *array) value.elements.push_back(convert(element, file));
  } else {
    convert_scalar(node, value);
  }
  return value;
}

std::string explain(const toml::parse_error& error) {
  constexpr std::string_view kPreamble = "Error while parsing ";
  std::string_view description = error.description();
  const std::size_t colon = description.find(": ");
  if (description.starts_with(kPreamble) && colon != std::string_view::npos) {
    description.remove_prefix(colon + 2);
  }
  // What it quotes of the file may hold line ends.
  std::string message = "this is not valid TOML: " + clean_text(description);
  if (description.find("could not determine value type") != std::string_view::npos) {
    message += "; text must stand in double quotes";
  }
  return message;
}

tl::expected<ConfigValue, ConfigError> parse_text(const std::string& toml,
                                                  const std::string& file) {
  try {
    return convert(toml::parse(std::string_view(toml)), file);
  } catch (const toml::parse_error& error) {
    ConfigError result;
    result.add({place_of(error.source(), file), "", explain(error)});
    return tl::unexpected(std::move(result));
  }
}

/// A KEY=VALUE of --set.
struct Override {
  std::string place;  ///< "--set KEY"
  std::vector<std::string> path;
  ConfigValue value;
};

/// The "=" between key and value: not one inside a quoted key.
std::size_t find_equals(std::string_view text) {
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    if (quote != 0) {
      if (letter == quote) quote = 0;
    } else if (letter == '"' || letter == '\'') {
      quote = letter;
    } else if (letter == '=') {
      return i;
    }
  }
  return std::string_view::npos;
}

bool is_one_line(std::string_view text) {
  return text.find_first_of("\r\n") == std::string_view::npos;
}

std::optional<toml::table> try_parse(const std::string& toml) {
  try {
    return toml::table(toml::parse(std::string_view(toml)));
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

/// The parts of a dotted key; empty where it is none.
std::vector<std::string> split_key(std::string_view key) {
  std::vector<std::string> path;
  if (!is_one_line(key)) return path;
  const std::optional<toml::table> parsed = try_parse(std::string(key) + " = 0");
  if (!parsed) return path;
  const toml::table* table = &*parsed;
  while (table != nullptr && table->size() == 1) {
    path.emplace_back(table->begin()->first.str());
    table = table->begin()->second.as_table();
  }
  return path;
}

void mark_as_override(ConfigValue& value, const std::string& place) {
  value.place = {place, 0, 0};
  value.is_override = true;
  for (ConfigValue& element : value.elements) mark_as_override(element, place);
  for (ConfigEntry& entry : value.entries) {
    entry.place = {place, 0, 0};
    mark_as_override(entry.value, place);
  }
}

/// TOML's own check: a comment may hold anything but a line end, control characters and broken
/// UTF-8.
bool is_clean_utf8(const std::string& text) {
  std::string line = text;
  std::replace_if(
      line.begin(), line.end(), [](char letter) { return letter == '\n' || letter == '\r'; }, ' ');
  return try_parse("# " + line).has_value();
}

/// A TOML value, else the text itself: a shell user need not quote twice.
ConfigValue parse_override_value(const std::string& text, const std::string& place) {
  ConfigValue value;
  value.kind = Kind::string;
  const std::optional<toml::table> parsed =
      is_one_line(text) ? try_parse("v = " + text) : std::nullopt;
  if (parsed && parsed->size() == 1) value = convert(parsed->begin()->second, place);
  if (value.kind != Kind::string || !parsed) value.text = text;
  mark_as_override(value, place);
  return value;
}

tl::expected<Override, ConfigProblem> parse_override(const std::string& text) {
  const std::size_t equals = find_equals(text);
  if (equals == std::string::npos || equals == 0) {
    const std::string shown = looks_like_secret(text) ? std::string() : ' ' + text;
    return tl::unexpected(
        ConfigProblem{{"--set" + shown, 0, 0},
                      "",
                      "must have the form KEY=VALUE, for instance limits.requests=100"});
  }
  if (!is_clean_utf8(text)) {
    return tl::unexpected(
        ConfigProblem{{"--set", 0, 0}, "", "must be UTF-8 text without control characters"});
  }
  const std::string key = text.substr(0, equals);
  Override result{"--set " + key, split_key(key), {}};
  if (result.path.empty()) {
    return tl::unexpected(ConfigProblem{
        {result.place, 0, 0}, "", "the key must be a dotted name, for instance limits.requests"});
  }
  result.value = parse_override_value(text.substr(equals + 1), result.place);
  return result;
}

std::optional<std::size_t> as_index(const std::string& text, std::size_t size) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc() || end != text.data() + text.size() || index >= size)
    return std::nullopt;
  return index;
}

/// The value below `parent` that a part of an override's path names; made where it is not there
/// yet.
ConfigValue* step_into(ConfigValue& parent, const std::string& part, const std::string& place) {
  if (parent.kind == Kind::array) {
    const std::optional<std::size_t> index = as_index(part, parent.elements.size());
    return index ? &parent.elements[*index] : nullptr;
  }
  if (parent.kind != Kind::table) return nullptr;
  if (ConfigEntry* entry = parent.find(part)) return &entry->value;
  ConfigValue table;
  table.place = {place, 0, 0};
  return &parent.entries.emplace_back(ConfigEntry{part, {place, 0, 0}, std::move(table)}).value;
}

bool apply(ConfigValue& root, Override&& change) {
  ConfigValue* target = &root;
  for (const std::string& part : change.path) {
    target = step_into(*target, part, change.place);
    if (target == nullptr) return false;
  }
  *target = std::move(change.value);
  return true;
}

void apply_overrides(ConfigValue& root, const std::vector<std::string>& overrides,
                     ConfigError& error) {
  for (const std::string& text : overrides) {
    tl::expected<Override, ConfigProblem> change = parse_override(text);
    if (!change) {
      error.add(std::move(change).error());
      continue;
    }
    const ConfigPlace place{change->place, 0, 0};
    if (!apply(root, std::move(*change))) {
      error.add({place, "", "there is no such place in the config: the key leads into a value"});
    }
  }
}

}  // namespace

const ConfigEntry* ConfigValue::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const ConfigEntry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

ConfigEntry* ConfigValue::find(std::string_view key) {
  return const_cast<ConfigEntry*>(std::as_const(*this).find(key));
}

tl::expected<ConfigValue, ConfigError> parse_config(const ConfigSource& source) {
  tl::expected<ConfigValue, ConfigError> root = parse_text(source.toml, source.file_name);
  if (!root) return root;
  ConfigError error;
  apply_overrides(*root, source.overrides, error);
  if (!error.empty()) return tl::unexpected(std::move(error));
  return root;
}

}  // namespace payferry

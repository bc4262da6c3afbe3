#include "config/table_reader.hpp"

#include <algorithm>
#include <utility>

#include "config/secret_text.hpp"
#include "model/nearest_name.hpp"

namespace payferry {

namespace {

constexpr std::string_view kSecretRemedy =
    "a secret must never stand in a config: put it into an environment variable and name that with "
    "hubspot.token_env, or into a file of mode 0600 and name that with hubspot.token_file";

std::string list(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

bool is_bare_key(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
  });
}

}  // namespace

TableReader::TableReader(const ConfigValue* table, std::string path, ConfigPlace place,
                         ConfigError& error)
    : table_(table), path_(std::move(path)), place_(std::move(place)), error_(&error) {
  if (table_ != nullptr && table_->kind != ConfigValue::Kind::table) {
    error_->add({place_, path_, "must be a table, not " + shown(*table_)});
    table_ = nullptr;
  }
}

const ConfigValue* TableReader::find(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  const ConfigEntry* entry = table_ == nullptr ? nullptr : table_->find(key);
  return entry == nullptr ? nullptr : &entry->value;
}

TableReader TableReader::table(std::string_view key) {
  const ConfigValue* value = find(key);
  return {value, path_of(key), place_of(key), *error_};
}

TableReader TableReader::table_again(std::string_view key) const {
  const ConfigEntry* entry = table_ == nullptr ? nullptr : table_->find(key);
  const bool is_table = entry != nullptr && entry->value.kind == ConfigValue::Kind::table;
  return {is_table ? &entry->value : nullptr, path_of(key), place_of(key), *error_};
}

bool TableReader::has(std::string_view key) const {
  return table_ != nullptr && table_->find(key) != nullptr;
}

ConfigPlace TableReader::place_of(std::string_view key) const {
  const ConfigEntry* entry = table_ == nullptr ? nullptr : table_->find(key);
  return entry == nullptr ? place_ : entry->place;
}

std::string TableReader::path_of(std::string_view key) const {
  std::string path = path_;
  if (!path.empty()) path += '.';
  return path + (is_bare_key(key) ? std::string(key) : shown_text(key));
}

void TableReader::add(const ConfigPlace& place, std::string_view key, std::string message) {
  error_->add({place, key.empty() ? path_ : path_of(key), std::move(message)});
}

void TableReader::finish() {
  if (table_ == nullptr) return;
  for (const ConfigEntry& entry : table_->entries) {
    if (std::find(known_.begin(), known_.end(), entry.key) == known_.end()) refuse_unknown(entry);
  }
}

void TableReader::refuse_unknown(const ConfigEntry& entry) {
  if (names_a_secret(entry.key)) {
    add(entry.place, entry.key, std::string(kSecretRemedy));
    return;
  }
  const auto nearest = nearest_name(entry.key, known_);
  std::string message = "is not a key that payferry knows";
  message += nearest ? "; did you mean " + std::string(*nearest) + '?'
                     : "; the keys here are: " + list(known_);
  add(entry.place, entry.key, std::move(message));
}

}  // namespace payferry

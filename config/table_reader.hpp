#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/config_error.hpp"
#include "config/config_value.hpp"
#include "config/value_form.hpp"

namespace payferry {

/// Reads the keys of one table and notes what is wrong with them. A key is known once it was asked
/// for; finish() reports the others. Keeps references to the table and to the errors.
class TableReader {
 public:
  /// `table` may be null, for a table that is not there. `path` is its dotted key, empty for the
  /// root.
  TableReader(const ConfigValue* table, std::string path, ConfigPlace place, ConfigError& error);

  /// The value of a key, which is known from then on; null where it is not there.
  const ConfigValue* find(std::string_view key);
  /// A table below this one; an empty reader where it is not there.
  TableReader table(std::string_view key);
  /// The same, to look into once more: says nothing of a value that is no table.
  TableReader table_again(std::string_view key) const;

  /// Reads a key of the form into `target`, which keeps its value where the key is not there or
  /// wrong.
  template <typename Target, typename T>
  void read(std::string_view key, Target& target, const ValueForm<T>& form) {
    const ConfigValue* value = find(key);
    if (value == nullptr) return;
    if (std::optional<T> result = form.read(*value)) {
      target = std::move(*result);
    } else {
      add(value->place, key, "must be " + form.expected + ", not " + shown(*value));
    }
  }

  bool has(std::string_view key) const;
  const ConfigValue* value() const { return table_; }
  /// Where the key stands, or the table itself where it does not.
  ConfigPlace place_of(std::string_view key) const;
  std::string path_of(std::string_view key) const;

  /// Notes a problem of the key.
  void refuse(std::string_view key, std::string message) {
    add(place_of(key), key, std::move(message));
  }
  void add(const ConfigPlace& place, std::string_view key, std::string message);
  ConfigError& error() { return *error_; }

  /// Reports every key that nobody asked for.
  void finish();

 private:
  void refuse_unknown(const ConfigEntry& entry);

  const ConfigValue* table_;
  std::string path_;
  ConfigPlace place_;
  ConfigError* error_;
  std::vector<std::string> known_;
};

}  // namespace payferry

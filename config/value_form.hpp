#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/config_value.hpp"

namespace payferry {

/// What a key's value may look like: how it is read, and what to tell who wrote something else.
template <typename T>
struct ValueForm {
  std::string expected;  ///< completes "must be …"
  std::function<std::optional<T>(const ConfigValue&)> read;
};

/// The text of a string; of an override that of any scalar, since a shell user does not quote.
std::optional<std::string> text_of(const ConfigValue& value);

/// How a wrong value is shown in a message: `"abc"`, `12`, `a table`.
std::string shown(const ConfigValue& value);

ValueForm<std::string> any_text();
ValueForm<std::string> non_empty_text(std::string_view what);
ValueForm<bool> true_or_false();
/// A string for which `accepts` is true.
ValueForm<std::string> text_where(std::string expected,
                                  std::function<bool(std::string_view)> accepts);

/// A string such as "10s", at least `least`.
ValueForm<std::chrono::milliseconds> duration_of_at_least(std::chrono::milliseconds least);
/// A string such as "1MiB" or a number of bytes.
ValueForm<std::size_t> byte_size(std::size_t least, std::size_t most);
/// A string such as "10%"; 0 to below 100.
ValueForm<double> percent();

ValueForm<std::int64_t> whole_number(std::int64_t least, std::int64_t most);

template <typename T>
ValueForm<T> whole_number_of(T least, T most) {
  ValueForm<std::int64_t> wide =
      whole_number(static_cast<std::int64_t>(least), static_cast<std::int64_t>(most));
  return {std::move(wide.expected),
          [read = std::move(wide.read)](const ConfigValue& value) -> std::optional<T> {
            const std::optional<std::int64_t> number = read(value);
            if (!number) return std::nullopt;
            return static_cast<T>(*number);
          }};
}

/// `form`, or "auto" for nothing.
template <typename T>
ValueForm<std::optional<T>> auto_or(ValueForm<T> form) {
  return {
      form.expected + " or \"auto\"",
      [read = std::move(form.read)](const ConfigValue& value) -> std::optional<std::optional<T>> {
        if (text_of(value) == "auto") return std::optional<T>();
        const std::optional<T> number = read(value);
        if (!number) return std::nullopt;
        return number;
      }};
}

template <typename Choice>
using NamedChoices = std::vector<std::pair<std::string_view, Choice>>;

/// `"a", "b" or "c"`.
std::string alternatives(const std::vector<std::string_view>& names);

template <typename Choice>
ValueForm<Choice> one_of(NamedChoices<Choice> choices) {
  std::vector<std::string_view> names;
  for (const auto& [name, choice] : choices) names.push_back(name);
  return {alternatives(names),
          [choices = std::move(choices)](const ConfigValue& value) -> std::optional<Choice> {
            const std::optional<std::string> text = text_of(value);
            for (const auto& [name, choice] : choices) {
              if (text == name) return choice;
            }
            return std::nullopt;
          }};
}

}  // namespace payferry

#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/load_settings.hpp"

namespace payferry::test {

inline constexpr std::string_view kMinimal = R"([properties]
hs_initial_amount = { from = "Amount", type = "decimal" }
hs_initiated_date = { from = "Paid at", type = "datetime" }
)";

inline ConfigSource source_of(std::string toml, std::vector<std::string> overrides = {}) {
  return {"payments.toml", std::move(toml), std::move(overrides), "", ""};
}

/// A config that is right but for the lines put before it.
inline std::string with(std::string_view lines) {
  return std::string(lines) + '\n' + std::string(kMinimal);
}

inline Settings settings_of(std::string toml, std::vector<std::string> overrides = {}) {
  const auto settings = load_settings(source_of(std::move(toml), std::move(overrides)));
  EXPECT_TRUE(settings.has_value()) << settings.error().to_string();
  return settings.value_or(Settings());
}

inline std::string errors_of(std::string toml, std::vector<std::string> overrides = {}) {
  const auto settings = load_settings(source_of(std::move(toml), std::move(overrides)));
  return settings ? "no error" : settings.error().to_string();
}

/// Of a [properties] line beside the minimal ones.
inline std::string property_error(std::string_view line) {
  return errors_of(std::string(kMinimal) + std::string(line));
}

inline std::string override_error(std::string text) {
  return errors_of(std::string(kMinimal), {std::move(text)});
}

}  // namespace payferry::test

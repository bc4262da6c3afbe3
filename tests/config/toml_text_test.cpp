#include "config/toml_text.hpp"

#include <gtest/gtest.h>

#include "config/config_value.hpp"

namespace payferry {
namespace {

TEST(TomlText, WritesWhatTomlReadsBack) {
  for (const char* text : {"", "a", "Paid at", "\"quoted\" \\ back", "tab\there", "line\nend",
                           "\x01\x7F", "Währung"}) {
    ConfigSource source;
    source.toml = toml_key(text) + " = " + toml_string(text);
    const auto value = parse_config(source);
    ASSERT_TRUE(value.has_value()) << source.toml;
    ASSERT_NE(value->find(text), nullptr) << source.toml;
    EXPECT_EQ(value->find(text)->value.text, text);
  }
}

TEST(TomlText, LeavesAKeyBareWhereItCan) {
  EXPECT_EQ(toml_key("hs_amount-1"), "hs_amount-1");
  EXPECT_EQ(toml_key("Paid at"), "\"Paid at\"");
}

}  // namespace
}  // namespace payferry

#include "loader/run/stored_json.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <string>

#include "loader/source/utf8.hpp"

namespace payferry {
namespace {

namespace json = boost::json;

std::string stored(std::string_view text) {
  return json::serialize(stored_text(text));
}

std::string every_byte() {
  std::string bytes;
  for (int byte = 1; byte < 256; ++byte) bytes.push_back(static_cast<char>(byte));
  return bytes;
}

TEST(StoredJson, AUtf8TextIsAString) {
  EXPECT_EQ(stored("caf\xC3\xA9/\"x\""), "\"caf\xC3\xA9/\\\"x\\\"\"");
  EXPECT_EQ(stored(""), "\"\"");
}

TEST(StoredJson, ATextThatIsNotUtf8IsOneCharacterForEachByte) {
  EXPECT_EQ(stored("caf\xE9"), "{\"latin1\":\"caf\xC3\xA9\"}");
}

TEST(StoredJson, WhatIsWrittenIsUtf8AndReadBackByteByByte) {
  for (const std::string& text : {every_byte(), std::string("\xE9"), std::string("\xC3\xA9"),
                                  std::string("\xFF\xFE"), std::string("plain")}) {
    const std::string line = "{\"path\":" + stored(text) + "}";
    EXPECT_FALSE(find_invalid_utf8(line)) << line;
    EXPECT_EQ(text_at(parse_stored_json(line).as_object(), "path"), text);
  }
}

TEST(StoredJson, NamesThatEarlierVersionsWroteAsTheyStoodAreRead) {
  EXPECT_EQ(text_at(parse_stored_json("{\"path\":\"caf\xE9\"}").as_object(), "path"), "caf\xE9");
}

TEST(StoredJson, WhatIsNoStoredTextIsRefused) {
  for (const char* line : {R"({"latin1":"€"})", R"({"latin1":1})", R"({"utf8":"x"})", "1", "null"})
    EXPECT_ANY_THROW(text_of(parse_stored_json(line))) << line;
  EXPECT_ANY_THROW(parse_stored_json(R"({"path":"x)"));
}

TEST(StoredJson, ANumberOrTextThatIsLeftOutIsZeroOrEmptyWhereThatIsAskedFor) {
  const json::value value = parse_stored_json(R"({"size":12,"name":"x"})");
  const json::object& object = value.get_object();
  EXPECT_EQ(number_at(object, "size"), 12U);
  EXPECT_EQ(number_or_zero(object, "size"), 12U);
  EXPECT_EQ(number_or_zero(object, "bytes"), 0U);
  EXPECT_EQ(text_or_empty(object, "name"), "x");
  EXPECT_EQ(text_or_empty(object, "title"), "");
  EXPECT_ANY_THROW(number_at(object, "bytes"));
  EXPECT_ANY_THROW(number_or_zero(object, "name"));
  EXPECT_ANY_THROW(text_at(object, "title"));
  EXPECT_ANY_THROW(text_or_empty(object, "size"));
}

}  // namespace
}  // namespace payferry

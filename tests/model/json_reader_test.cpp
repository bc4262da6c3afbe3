#include "model/json_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <forward_list>
#include <string>
#include <vector>

namespace payferry {
namespace {

using testing::ElementsAre;

std::vector<std::string> members(std::string_view text) {
  std::vector<std::string> list;
  JsonReader reader(text);
  reader.read_object([&](std::string_view key) {
    list.emplace_back(key);
    list.emplace_back(reader.skip());
  });
  if (!reader.finished()) list.emplace_back("broken");
  return list;
}

/// Of the members that are wanted, names and values.
std::vector<std::string> members(std::string_view text, std::string_view wanted) {
  std::vector<std::string> list;
  JsonReader reader(text);
  const auto on_text = [&](std::string_view key, std::string_view value) {
    if (key != wanted) return;
    list.emplace_back(key);
    list.push_back('"' + std::string(value) + '"');
  };
  reader.read_members(on_text, [&](std::string_view key) {
    const bool is_wanted = key == wanted;
    const std::string_view value = reader.skip();
    if (!is_wanted) return;
    list.emplace_back(wanted);
    list.emplace_back(value);
  });
  if (!reader.finished()) list.emplace_back("broken");
  return list;
}

std::string unescaped(std::string_view raw) {
  std::string out;
  append_unescaped(out, raw);
  return out;
}

std::string read_string(std::string_view text) {
  JsonReader reader(text);
  std::string out = "before";
  EXPECT_EQ(reader.read_string(out), reader.ok() && text.front() == '"');
  return reader.finished() ? out : "broken";
}

TEST(JsonReader, StepsOverWhatIsNotAskedFor) {
  EXPECT_THAT(members(R"({"a":{"b":[1,{"c":"}"}]}, "d" : "\"" ,"e":[ ],"f":-1.5e+3,"g":null})"),
              ElementsAre("a", R"({"b":[1,{"c":"}"}]})", "d", R"("\"")", "e", "[ ]", "f", "-1.5e+3",
                          "g", "null"));
}

TEST(JsonReader, ChecksTheGrammarOfWhatItStepsOver) {
  for (const std::string_view value :
       {"{]",    "[}",  "[1,]",  "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
        "{1:2}", "tru", "nul",   "+1",   "1.",    ".5",      "1e",       "1e+",
        "-",     "\"a", "\"a\\", "'a'",  "NaN",   ""}) {
    const std::string text = "{\"x\":" + std::string(value) + "}";
    EXPECT_EQ(members(text).back(), "broken") << text;
  }
}

TEST(JsonReader, ReadsOnlyTheMembersThatAreWanted) {
  for (const std::string_view text :
       {R"({"a":"1","w":"2","b":"3"})", R"({"w":"2","a":"1"})", R"({"a":"1","w":"2"})",
        R"({"a":1,"b":null,"c":{"w":"0"},"d":["w"],"w":"2","e":true})",
        R"({ "a" : "1" , "w" : "2" , "b" : "3" })", R"({"a\u0062":"1","w":"2"})",
        R"({"\u0077":"2"})", R"({"a":"\"w\":","w":"2"})", R"({"":"","w":"2","":""})"}) {
    EXPECT_THAT(members(text, "w"), ElementsAre("w", "\"2\"")) << text;
  }
  EXPECT_THAT(members("{}", "w"), ElementsAre());
  EXPECT_THAT(members(R"({"a":"1"})", "w"), ElementsAre());
  EXPECT_THAT(members(R"({"w":"1","a":"2","w":"3"})", "w"),
              ElementsAre("w", "\"1\"", "w", "\"3\""));
}

TEST(JsonReader, ChecksTheGrammarOfMembersThatAreNotWanted) {
  for (const std::string_view text :
       {R"({"a":"1",})", R"({,"a":"1"})", R"({"a":"1""b":"2"})", R"({"a":"1" "b":"2"})",
        R"({"a":"1","b"})", R"({"a":"1","b":})", R"({"a":"1","b":"})", R"({"a":"1";"b":"2"})",
        R"({"a":"1",,"b":"2"})", R"({"a":"1"])", R"({"a":"1","b":"2\)", R"({"a"="1"})"}) {
    EXPECT_EQ(members(text, "w").back(), "broken") << text;
  }
}

TEST(JsonReader, NoBeginningOfAnObjectIsAWholeOne) {
  constexpr std::string_view kText =
      R"({"a":"1","b":"two","w":"3","c":{"d":"4","e":"5"},"f":"\n","g":"6"})";
  EXPECT_THAT(members(kText, "w"), ElementsAre("w", "\"3\""));
  for (std::size_t length = 0; length < kText.size(); ++length) {
    // From memory of its own, so that a sanitizer sees a step beyond the end.
    const std::string cut(kText.substr(0, length));
    EXPECT_EQ(members(cut, "w").back(), "broken") << cut;
  }
}

TEST(JsonReader, ATextIsAViewUnlessItIsEscaped) {
  constexpr std::string_view kText = R"(["plain","\u0065scaped",12.50,true,"x"])";
  JsonReader reader(kText);
  std::forward_list<std::string> unescaped;
  std::vector<std::string> texts;
  std::size_t views = 0;
  reader.read_array([&] {
    std::string_view text;
    reader.read_text(text, unescaped);
    texts.emplace_back(text);
    const bool is_view = text.data() >= kText.data() && text.data() < kText.data() + kText.size();
    views += is_view ? 1U : 0U;
  });
  EXPECT_TRUE(reader.finished());
  EXPECT_THAT(texts, ElementsAre("plain", "escaped", "12.50", "", "x"));
  EXPECT_EQ(views, 3U);
}

TEST(JsonReader, NothingMayFollowTheValue) {
  EXPECT_EQ(members("{} {").back(), "broken");
  EXPECT_EQ(members("{}x").back(), "broken");
  EXPECT_THAT(members("{} \n"), ElementsAre());
}

TEST(JsonReader, TellsTheKindOfWhatComes) {
  const auto kind = [](std::string_view text) { return JsonReader(text).kind(); };
  EXPECT_EQ(kind(" {"), JsonKind::object);
  EXPECT_EQ(kind("["), JsonKind::array);
  EXPECT_EQ(kind("\""), JsonKind::string);
  EXPECT_EQ(kind("-"), JsonKind::number);
  EXPECT_EQ(kind("7"), JsonKind::number);
  EXPECT_EQ(kind("true"), JsonKind::boolean);
  EXPECT_EQ(kind("null"), JsonKind::null);
  EXPECT_EQ(kind("x"), JsonKind::none);
  EXPECT_EQ(kind(""), JsonKind::none);
}

TEST(JsonReader, ReadsStringsOfEveryLength) {
  for (std::size_t length = 0; length < 70; ++length) {
    for (std::size_t escape = 0; escape <= length; ++escape) {
      std::string text(length, 'x');
      EXPECT_EQ(read_string('"' + text + '"'), text);
      std::string raw = text;
      raw.insert(escape, "\\\"");
      text.insert(escape, "\"");
      EXPECT_EQ(read_string('"' + raw + '"'), text);
    }
  }
}

TEST(JsonReader, AStringThatIsNoneIsEmpty) {
  EXPECT_EQ(read_string("7"), "");
  EXPECT_EQ(read_string("{\"a\":1}"), "");
  EXPECT_EQ(read_string("null"), "");
}

TEST(JsonReader, ReadsANumberAsATextWhereThatWillDo) {
  JsonReader reader("12.50");
  std::string out;
  EXPECT_TRUE(reader.read_text(out));
  EXPECT_EQ(out, "12.50");
  EXPECT_TRUE(reader.finished());
}

TEST(JsonReader, ReadsABooleanAndNothingElseAsOne) {
  bool flag = false;
  EXPECT_TRUE(JsonReader("true").read_boolean(flag));
  EXPECT_TRUE(flag);
  EXPECT_TRUE(JsonReader("false").read_boolean(flag));
  EXPECT_FALSE(flag);
  EXPECT_FALSE(JsonReader("\"true\"").read_boolean(flag));
  EXPECT_FALSE(JsonReader("1").read_boolean(flag));
  EXPECT_FALSE(flag);
}

TEST(JsonReader, ReadsNestedLists) {
  std::vector<std::string> texts;
  JsonReader reader(R"([["a","b"],[],["c"]])");
  reader.read_array([&] { reader.read_array([&] { reader.read_string(texts.emplace_back()); }); });
  EXPECT_TRUE(reader.finished());
  EXPECT_THAT(texts, ElementsAre("a", "b", "c"));
}

TEST(JsonReader, IsHarmlessAfterAFault) {
  JsonReader reader("{\"a\":[}");
  reader.read_object([&](std::string_view) { reader.skip(); });
  EXPECT_FALSE(reader.ok());
  std::string out;
  EXPECT_FALSE(reader.read_string(out));
  EXPECT_FALSE(reader.read_text(out));
  bool flag = false;
  EXPECT_FALSE(reader.read_boolean(flag));
  EXPECT_EQ(reader.skip(), "");
  EXPECT_EQ(reader.kind(), JsonKind::none);
  reader.read_array([] { FAIL(); });
  EXPECT_FALSE(reader.finished());
}

TEST(JsonReader, UnescapesEveryEscape) {
  EXPECT_EQ(unescaped(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(unescaped(R"(a\u0041\u00e9\u20ac\ud83d\ude00z)"),
            "aA\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z");
  EXPECT_EQ(unescaped(R"(\u00E9)"), "\xC3\xA9");
}

TEST(JsonReader, ABrokenEscapeIsReplaced) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  const std::string replaced(kReplacement);
  EXPECT_EQ(unescaped(R"(\ud83d)"), replaced);
  EXPECT_EQ(unescaped(R"(\ud83dx)"), replaced + "x");
  EXPECT_EQ(unescaped(R"(\ud83d\n)"), replaced + "\n");
  EXPECT_EQ(unescaped(R"(\ud83d\u0041)"), replaced + "A");
  EXPECT_EQ(unescaped(R"(\ude00)"), replaced);
  EXPECT_EQ(unescaped(R"(\u12)"), replaced + "12");
  EXPECT_EQ(unescaped(R"(\uzzzz)"), replaced + "zzzz");
  EXPECT_EQ(unescaped("a\\"), "a");
}

}  // namespace
}  // namespace payferry

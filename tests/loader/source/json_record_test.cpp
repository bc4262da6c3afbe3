#include "loader/source/json_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <memory>

#include "loader/source/text_scan.hpp"

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Cells = std::vector<std::string>;

/// The text, with what must be readable behind it.
class Padded {
 public:
  explicit Padded(const std::string& text)
      : size_(text.size()), bytes_(new char[text.size() + kScanBlockBytes]()) {
    std::memcpy(bytes_.get(), text.data(), size_);
  }
  std::string_view text() const { return {bytes_.get(), size_}; }

 private:
  std::size_t size_;
  std::unique_ptr<char[]> bytes_;
};

Cells parse(const std::vector<std::string>& paths, const std::string& text) {
  JsonRecord json(paths);
  const Padded padded(text);
  const auto fault = json.parse(padded.text());
  EXPECT_FALSE(fault) << fault->message << " at " << fault->at << " of " << text;
  return Cells(json.cells().begin(), json.cells().end());
}

/// The cells that are numbers with an exponent.
std::vector<std::size_t> with_exponent(const std::string& text) {
  JsonRecord json({"a", "b.c", "d.0", "a"});
  const Padded padded(R"({"a":1e1,"d":[1e1]})");
  json.parse(padded.text());
  const Padded next(text);
  EXPECT_FALSE(json.parse(next.text())) << text;
  return {json.with_exponent().begin(), json.with_exponent().end()};
}

std::optional<JsonFault> fault_of(const std::string& text) {
  JsonRecord json({"a"});
  const Padded padded(text);
  return json.parse(padded.text());
}

TEST(JsonRecord, PicksValuesInTheOrderOfThePaths) {
  EXPECT_THAT(parse({"b", "a"}, R"({"a":"1","x":[1,{"a":2}],"b":"2"})"), ElementsAre("2", "1"));
}

TEST(JsonRecord, KeepsNumbersAsTheyAreWritten) {
  for (const char* number :
       {"12.50", "-0", "100000000000000000000.000000000000000001", "1.0E+2", "0.10", "-7e-3"}) {
    EXPECT_THAT(parse({"a"}, "{\"a\": " + std::string(number) + " }"), ElementsAre(number));
  }
}

TEST(JsonRecord, GivesBooleansAsWordsAndNullAsAnEmptyCell) {
  EXPECT_THAT(parse({"t", "f", "n", "none"}, R"({"t":true,"f":false,"n":null})"),
              ElementsAre("true", "false", "", ""));
}

TEST(JsonRecord, FollowsPathsIntoObjectsAndArrays) {
  const std::string text =
      R"({"a":{"b":{"c":"deep"},"list":[{"b":"first"},{"b":"second"}]},"n":[7,[8,9]]})";
  EXPECT_THAT(parse({"a.b.c", "a.list.1.b", "n.0", "n.1.1", "n.5", "a.list.b", "a.b.c.d"}, text),
              ElementsAre("deep", "second", "7", "9", "", "", ""));
}

TEST(JsonRecord, GivesObjectsAndArraysAsTheirJson) {
  EXPECT_THAT(parse({"a", "a.b", "l"}, R"({"a": { "b" : 1 } ,"l":[1, "x\n" ]})"),
              ElementsAre(R"({ "b" : 1 })", "1", R"([1, "x\n" ])"));
}

TEST(JsonRecord, UnescapesStringsAndKeys) {
  EXPECT_THAT(
      parse({"a\"b", "é", "u"},
            R"({"a\"b":"\"\\\/\b\f\n\r\t","\u00e9":"caf\u00E9 \u20ac","u":"x\ud83d\ude00y"})"),
      ElementsAre("\"\\/\b\f\n\r\t", "café €", "x\xF0\x9F\x98\x80y"));
}

TEST(JsonRecord, TakesTheLastOfAKeyThatStandsTwice) {
  EXPECT_THAT(parse({"a"}, R"({"a":"1","a":"2"})"), ElementsAre("2"));
  EXPECT_THAT(parse({"a", "a.b", "a.c"}, R"({"a":{"b":1,"c":1},"a":{"c":2}})"),
              ElementsAre("{\"c\":2}", "", "2"));
  EXPECT_THAT(parse({"a"}, R"({"a":"1","a":null})"), ElementsAre(""));
}

TEST(JsonRecord, ForgetsTheRecordBefore) {
  JsonRecord json({"a", "b"});
  const Padded first(R"({"a":"1","b":"\u0041"})");
  const Padded second(R"({"b":2})");
  EXPECT_FALSE(json.parse(first.text()));
  EXPECT_FALSE(json.parse(second.text()));
  EXPECT_THAT(json.cells(), ElementsAre("", "2"));
}

TEST(JsonRecord, TakesBlanksEverywhere) {
  EXPECT_THAT(parse({"a", "b"}, " {\t\"a\" : 1 , \"b\" : [ ] } \r"), ElementsAre("1", "[ ]"));
  EXPECT_THAT(parse({"a"}, "{ }"), ElementsAre(""));
}

TEST(JsonRecord, SaysWhatIsWrongAndWhere) {
  const struct {
    const char* text;
    const char* message;
    std::size_t at;
  } cases[] = {
      {"[1]", "the line is no JSON object", 0},
      {"\"a\"", "the line is no JSON object", 0},
      {"{", "a key in quotes is missing", 1},
      {"{a:1}", "a key in quotes is missing", 1},
      {"{\"a\":1,}", "a key in quotes is missing", 7},
      {"{\"a\" 1}", "a colon is missing behind the key", 5},
      {"{\"a\":}", "a value is missing or is no JSON value", 5},
      {"{\"a\":NaN}", "a value is missing or is no JSON value", 5},
      {"{\"a\":tru}", "a value is missing or is no JSON value", 5},
      {"{\"a\":'x'}", "a value is missing or is no JSON value", 5},
      {"{\"a\":01}", "a comma or } is missing behind the value", 6},
      {"{\"a\":1", "a comma or } is missing behind the value", 6},
      {"{\"a\":1.}", "digits are missing behind the decimal point", 7},
      {"{\"a\":1e}", "digits are missing in the exponent", 7},
      {"{\"a\":[1 2]}", "a comma or ] is missing behind the value", 8},
      {"{\"a\":[1,]}", "a value is missing or is no JSON value", 8},
      {"{\"a\":\"x}", "a string is not closed", 8},
      {"{\"a\":\"x\ty\"}", "a control character stands in a string", 7},
      {"{\"a\":\"\\x\"}", "a backslash is followed by what is no escape", 6},
      {"{\"a\":\"\\u12G4\"}", "a backslash is followed by what is no escape", 6},
      {"{\"a\":\"\\u00\"}", "a backslash is followed by what is no escape", 6},
      {"{\"a\":1} {}", "something follows the object", 8},
      {"{\"a\":\"\\ud83d\"}", "an escape stands for no character (NUL or half a surrogate pair)",
       6},
      {"{\"a\":\"\\ude00x\"}", "an escape stands for no character (NUL or half a surrogate pair)",
       6},
      {"{\"a\":\"\\ud83d\\u0041\"}",
       "an escape stands for no character (NUL or half a surrogate pair)", 6},
      {"{\"a\":\"\\u0000\"}", "an escape stands for no character (NUL or half a surrogate pair)",
       6},
  };
  for (const auto& wrong : cases) {
    const auto fault = fault_of(wrong.text);
    ASSERT_TRUE(fault) << wrong.text;
    EXPECT_EQ(fault->message, wrong.message) << wrong.text;
    EXPECT_EQ(fault->at, wrong.at) << wrong.text;
  }
}

TEST(JsonRecord, LeavesHalfASurrogatePairAloneWhereNobodyWantsIt) {
  EXPECT_THAT(parse({"a"}, R"({"a":1,"cut":"\ud83d"})"), ElementsAre("1"));
}

TEST(JsonRecord, BoundsTheDepthOfNesting) {
  const auto nested = [](int depth) {
    return "{\"x\":" + std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']') + "}";
  };
  EXPECT_FALSE(fault_of(nested(127)));
  ASSERT_TRUE(fault_of(nested(128)));
  EXPECT_THAT(fault_of(nested(1'000'000))->message, HasSubstr("nested deeper than 128 levels"));
}

TEST(JsonRecord, RefusesEveryBeginningOfAnObject) {
  const std::string text = R"({"a":{"b":[1.5e3,"x\u00e9",true,null]},"c":-0})";
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_TRUE(fault_of(text.substr(0, length))) << text.substr(0, length);
  }
  EXPECT_FALSE(fault_of(text));
}

TEST(JsonRecord, GivesTheSamePathTwiceWhereItIsWantedTwice) {
  EXPECT_THAT(parse({"a", "a"}, R"({"a":5})"), ElementsAre("5", "5"));
}

TEST(JsonRecord, TellsWhichCellsAreNumbersWithAnExponent) {
  EXPECT_THAT(with_exponent(R"({"a":100,"b":{"c":1.5},"d":["1e2"]})"), IsEmpty());
  EXPECT_THAT(with_exponent(R"({"a":1e2,"b":{"c":1.5E+3},"d":[-1e-2]})"), ElementsAre(0, 3, 1, 2));
  EXPECT_THAT(with_exponent(R"({"x":1e2,"b":1e2,"d":{"e":1e2}})"), ElementsAre()) << "unwanted";
  EXPECT_THAT(with_exponent(R"({"b":{"c":1e2},"b":{"c":"1e2"}})"), IsEmpty()) << "the last counts";
  EXPECT_THAT(with_exponent(R"({"b":{"c":"1e2"},"b":{"c":1e2}})"), ElementsAre(1));
}

}  // namespace
}  // namespace payferry

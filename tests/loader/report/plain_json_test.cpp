#include "loader/report/plain_json.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace payferry {
namespace {

std::string again(const char* text) {
  return plain_json(boost::json::parse(text));
}

TEST(PlainJson, FractionsArePlainDecimals) {
  EXPECT_EQ(again("[4706.547,0.5,0.001,-12.25,1e3]"), "[4706.547,0.5,0.001,-12.25,1000]");
}

TEST(PlainJson, EverythingElseIsAsEver) {
  for (const char* text :
       {R"({})", R"([])", R"({"a":{},"b":[],"c":[{"d":1},2]})", R"({"a \"b\"":"c\n","e":null})",
        R"([true,false,18446744073709551615,-5])"})
    EXPECT_EQ(again(text), text);
}

TEST(PlainJson, WhatIsNotUtf8IsReplaced) {
  boost::json::object object;
  object["f\xE9"] = "f\xE9vrier.csv";
  EXPECT_EQ(plain_json(object), "{\"f\xEF\xBF\xBD\":\"f\xEF\xBF\xBDvrier.csv\"}");
}

}  // namespace
}  // namespace payferry

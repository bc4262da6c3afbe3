#include "loader/source/json_paths.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> paths_of(const std::vector<std::string>& objects) {
  JsonPaths paths;
  for (const std::string& object : objects) paths.add(object);
  return paths.paths();
}

TEST(JsonPaths, AreThoseOfValuesInTheOrderInWhichTheyAreMet) {
  EXPECT_THAT(paths_of({R"({"id":"a","amount":{"value":1,"currency":"EUR"},"paid":true})",
                        R"({"note":null,"id":"b"})"}),
              ElementsAre("id", "amount.value", "amount.currency", "paid", "note"));
}

TEST(JsonPaths, LeaveOutWhatCannotBeNamed) {
  EXPECT_THAT(paths_of({R"({"list":[{"a":1}],"a.b":2,"":3,"c":4})"}), ElementsAre("c"));
}

TEST(JsonPaths, EndWhereNestingOrNumberGoTooFar) {
  std::string deep = "1";
  for (int i = 0; i < 200; ++i) deep = R"({"d":)" + deep + "}";
  EXPECT_THAT(paths_of({deep}), IsEmpty());
  std::string wide = "{\"x\":0";
  for (int i = 0; i < 3000; ++i) wide += ",\"k" + std::to_string(i) + "\":1";
  EXPECT_THAT(paths_of({wide + "}"}), SizeIs(JsonPaths::kMost));
}

TEST(JsonPaths, AreNotHarmedByOtherTexts) {
  EXPECT_THAT(paths_of({"", "[1]", "{", "\"x\""}), IsEmpty());
}

}  // namespace
}  // namespace payferry

#include "model/input_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(InputView, OpensAnInputAgain) {
  const InputView view = open_input(
      R"({"objectWriteTraceId":"1","properties":{"b":"2","a":"x\"y","c":null,"d":true,"e":1.50},"associations":[{"to":{"id":"5"}}]})");
  EXPECT_THAT(view.properties, ElementsAre(Pair("a", "x\"y"), Pair("b", "2"), Pair("c", ""),
                                           Pair("d", "true"), Pair("e", "1.50")));
}

TEST(InputView, FindsAPropertyByName) {
  const PropertyList list = read_properties(R"({"b":"2","a":""})");
  EXPECT_EQ(find_property(list, "b"), "2");
  EXPECT_EQ(find_property(list, "a"), "");
  EXPECT_FALSE(find_property(list, "c"));
  EXPECT_FALSE(find_property({}, "a"));
}

TEST(InputView, WhatIsNoObjectHasNoProperties) {
  EXPECT_THAT(read_properties(""), IsEmpty());
  EXPECT_THAT(read_properties("[]"), IsEmpty());
  EXPECT_THAT(open_input("").properties, IsEmpty());
}

}  // namespace
}  // namespace payferry

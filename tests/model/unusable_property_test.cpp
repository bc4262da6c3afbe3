#include "model/unusable_property.hpp"

#include <gtest/gtest.h>

#include "recorded_bodies.hpp"
#include "sent_batch.hpp"

namespace payferry {
namespace {

const AnsweredProblem* find(std::string_view body, const SentBatch& batch) {
  static BatchAnswer answer;
  answer = decode_batch_answer(body, {});
  return unusable_property_of_all(answer, batch.sent());
}

const std::string kWith = R"({"testproperty":"1"})";

TEST(UnusableProperty, IsOneThatEveryRecordCarries) {
  const AnsweredProblem* const problem =
      find(recorded::kPropertyDoesNotExist, SentBatch().keyless(kWith).keyless(kWith));
  ASSERT_NE(problem, nullptr);
  EXPECT_EQ(problem->property, "testproperty");
  EXPECT_EQ(find(recorded::kPropertyDoesNotExist, SentBatch().keyless(kWith).keyed("A")), nullptr);
}

TEST(UnusableProperty, OneRecordAloneProvesNothing) {
  EXPECT_EQ(find(recorded::kPropertyDoesNotExist, SentBatch().keyless(kWith)), nullptr);
}

TEST(UnusableProperty, AValueThatIsRefusedIsNoFaultOfTheProperty) {
  constexpr std::string_view kBody =
      R"({"message":"m","errors":[{"code":"INVALID_OPTION","message":"m","context":{"propertyName":["testproperty"]}}]})";
  EXPECT_EQ(find(kBody, SentBatch().keyless(kWith).keyless(kWith)), nullptr);
}

}  // namespace
}  // namespace payferry

#include <gtest/gtest.h>

#include "bench/harness/scratch_folder.hpp"
#include "bench/instructions/instructions.hpp"

namespace payferry::bench {
namespace {

TEST(InstructionBaseline, ReadsBackWhatItWrote) {
  const ScratchFolder folder;
  const auto path = folder.write("baseline.json", InstructionBaseline{1234, "g++ 1.2"}.to_json());
  const auto baseline = InstructionBaseline::read(path);
  EXPECT_EQ(baseline.a_record, 1234);
  EXPECT_EQ(baseline.compiler, "g++ 1.2");
  EXPECT_NE(InstructionBaseline::this_compiler(), "");
}

TEST(InstructionBaseline, TellsGrowthAsAShare) {
  const InstructionBaseline baseline{1000, ""};
  EXPECT_DOUBLE_EQ(baseline.growth_to(1050), 0.05);
  EXPECT_DOUBLE_EQ(baseline.growth_to(900), -0.1);
}

}  // namespace
}  // namespace payferry::bench

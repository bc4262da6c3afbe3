#include "bench/instructions/pipeline.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "bench/instructions/instructions.hpp"

namespace payferry::bench {
namespace {

TEST(Pipeline, TakesEveryRecordFromTheFileToItsOutcome) {
  const ScratchFolder folder;
  prepare_pipeline(folder, 250);
  EXPECT_NO_THROW(run_pipeline(folder.file(""), 100));
  EXPECT_NO_THROW(run_pipeline(folder.file(""), 250));
  EXPECT_THROW(run_pipeline(folder.file(""), 251), std::runtime_error);
}

TEST(InstructionBaseline, ReadsBackWhatItWrote) {
  const ScratchFolder folder;
  const auto path = folder.write("baseline.json", InstructionBaseline{1234, "g++ 1.2"}.to_json());
  const auto baseline = InstructionBaseline::read(path);
  EXPECT_EQ(baseline.a_record, 1234);
  EXPECT_EQ(baseline.compiler, "g++ 1.2");
  EXPECT_NE(InstructionBaseline::this_compiler(), "");
}

}  // namespace
}  // namespace payferry::bench

#include "bench/instructions/pipeline.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace payferry::bench {
namespace {

TEST(Pipeline, TakesEveryRecordFromTheFileToItsOutcome) {
  const ScratchFolder folder;
  prepare_pipeline(folder, 250);
  EXPECT_NO_THROW(run_pipeline(folder.file(""), 100));
  EXPECT_NO_THROW(run_pipeline(folder.file(""), 250));
  EXPECT_THROW(run_pipeline(folder.file(""), 251), std::runtime_error);
}

}  // namespace
}  // namespace payferry::bench

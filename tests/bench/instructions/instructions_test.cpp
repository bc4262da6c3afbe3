#include "bench/instructions/instructions.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace payferry::bench {
namespace {

TEST(Instructions, AreWhatCallgrindCollected) {
  EXPECT_EQ(
      collected_instructions("==42== Events    : Ir\n==42== Collected : 161555842\n==42== \n"),
      161'555'842);
  EXPECT_THROW(collected_instructions("valgrind: no such program"), std::runtime_error);
}

}  // namespace
}  // namespace payferry::bench

#include "bench/harness/programs.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace payferry::bench {
namespace {

TEST(Programs, OfTheProjectAreWhereTheBuildPutsThem) {
  EXPECT_TRUE(own_program("payferry").is_absolute());
  EXPECT_EQ(own_program("payferry-sim").filename(), "payferry-sim");
  EXPECT_THROW(own_program("no-such-program"), std::runtime_error);
}

TEST(Programs, OfTheSystemMayBeMissing) {
  ASSERT_TRUE(system_program("sh"));
  EXPECT_EQ(system_program("sh")->filename(), "sh");
  EXPECT_FALSE(system_program("no-such-program"));
}

}  // namespace
}  // namespace payferry::bench

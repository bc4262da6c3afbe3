#include "bench/harness/process_size.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "bench/harness/child.hpp"

namespace payferry::bench {
namespace {

TEST(ProcessSize, GrowsWithMemoryThatIsUsed) {
  constexpr std::size_t kMebibytes = 32;
  const auto before = size_of_process(::getpid());
  std::vector<char> memory(kMebibytes * 1024 * 1024);
  std::fill(memory.begin(), memory.end(), 'x');
  const auto after = size_of_process(::getpid());
  ASSERT_TRUE(before && after);
  EXPECT_GE(after->resident_kib, before->resident_kib + (kMebibytes - 1) * 1024);
  EXPECT_LE(after->resident_kib, before->resident_kib + (kMebibytes + 1) * 1024);
}

TEST(ProcessSize, CountsWhatIsOpen) {
  const auto before = size_of_process(::getpid());
  const int more = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const auto with_more = size_of_process(::getpid());
  ::close(more);
  const auto after = size_of_process(::getpid());
  ASSERT_TRUE(before && with_more && after);
  EXPECT_EQ(with_more->descriptors, before->descriptors + 1);
  EXPECT_EQ(after->descriptors, before->descriptors);
}

TEST(ProcessSize, IsNothingOnceTheProcessHasEnded) {
  Child child({"/bin/sh", {"-c", "exit 0"}});
  ASSERT_TRUE(child.ends_within(std::chrono::seconds(10)));
  EXPECT_FALSE(size_of_process(child.id()));
  const pid_t id = child.id();
  child.wait();
  EXPECT_FALSE(size_of_process(id));
}

}  // namespace
}  // namespace payferry::bench

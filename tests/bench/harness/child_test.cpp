#include "bench/harness/child.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <stdexcept>
#include <system_error>

#include "bench/harness/scratch_folder.hpp"

namespace payferry::bench {
namespace {

using namespace std::chrono_literals;

ChildCommand shell(const std::string& script) {
  return {"/bin/sh", {"-c", script}};
}

TEST(Child, IsMeasuredFromBeginToEnd) {
  const ChildUsage usage = run_child(shell("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"));
  EXPECT_EQ(usage.exit_code, 0);
  EXPECT_GT(usage.wall.count(), 0);
  EXPECT_GT(usage.cpu.count(), 0);
  EXPECT_GT(usage.peak_rss_kib, 100U);
}

TEST(Child, BringsWhatItsOwnChildrenTook) {
  const ChildUsage usage =
      run_child(shell("sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'; true"));
  EXPECT_GT(usage.cpu, 5ms);
}

TEST(Child, GetsArgumentsEnvironmentAndFolder) {
  const ScratchFolder folder;
  ChildCommand command = shell("echo $WORD; pwd; echo error >&2");
  command.environment = {{"WORD", "hello"}};
  command.output = folder.file("output");
  command.directory = "/";
  run_child(command);
  EXPECT_EQ(read_file(command.output), "hello\n/\nerror\n");
}

TEST(Child, TellsWhatItSaidWhenItFails) {
  const ScratchFolder folder;
  ChildCommand command = shell("echo nothing works; exit 3");
  command.output = folder.file("output");
  EXPECT_EQ(run_child(command, {0, 3}).exit_code, 3);
  try {
    run_child(command);
    FAIL() << "exit code 3 is not good";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "sh ended with exit code 3:\nnothing works\n");
  }
  EXPECT_THROW(run_child({"/there/is/no/such/program", {}}), std::system_error);
}

TEST(Child, CanBeKilled) {
  Child child(shell("while true; do sleep 100; done"));
  EXPECT_FALSE(child.ends_within(0ms));
  child.send_signal(SIGKILL);
  EXPECT_TRUE(child.ends_within(10s));
  EXPECT_EQ(child.wait().exit_code, -1);
}

}  // namespace
}  // namespace payferry::bench

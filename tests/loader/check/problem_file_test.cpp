#include "loader/check/problem_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "loader/source/temp_directory.hpp"

namespace payferry {
namespace {

using testing::HasSubstr;

Problem some_problem() {
  Problem problem;
  problem.code = "INVALID_DECIMAL";
  problem.message = "no number";
  return problem;
}

class ProblemFileTest : public testing::Test {
 protected:
  std::filesystem::path path() const { return directory_.path() / "payments-problems.ndjson"; }
  std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory_.path())) {
      static_cast<void>(entry);
      ++count;
    }
    return count;
  }

  TempDirectory directory_;
};

TEST(ProblemFile, IsNamedAfterTheInputWithoutItsKindAndCompression) {
  EXPECT_EQ(problem_file_name("exports/payments.csv"), "payments-problems.ndjson");
  EXPECT_EQ(problem_file_name("payments.csv.gz"), "payments-problems.ndjson");
  EXPECT_EQ(problem_file_name("/x/payments.2026.ndjson.zst"), "payments.2026-problems.ndjson");
  EXPECT_EQ(problem_file_name("-"), "stdin-problems.ndjson");
}

TEST_F(ProblemFileTest, HoldsAllProblemsForItsOwnerOnly) {
  ProblemFile file(path());
  for (int i = 0; i < 5000; ++i) file.add(some_problem());
  EXPECT_FALSE(std::filesystem::exists(path())) << "a part must not pass for the whole";
  file.finish();
  EXPECT_EQ(file.failure(), "");
  const std::string content = directory_.read("payments-problems.ndjson");
  EXPECT_EQ(std::count(content.begin(), content.end(), '\n'), 5000);
  EXPECT_THAT(content, HasSubstr("{\"problem\":5000,"));
  struct stat status {};
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(files(), 1U);
}

TEST_F(ProblemFileTest, IsNotMadeWithoutProblems) {
  ProblemFile(path()).finish();
  EXPECT_EQ(files(), 0U);
}

TEST_F(ProblemFileTest, ReplacesTheListOfAnEarlierCheckAndRemovesOneThatIsNoLongerTrue) {
  directory_.write("payments-problems.ndjson", "{\"problem\":1,\"code\":\"OLD\"}\n");
  {
    ProblemFile file(path());
    file.add(some_problem());
    file.finish();
  }
  EXPECT_THAT(directory_.read("payments-problems.ndjson"), HasSubstr("INVALID_DECIMAL"));
  ProblemFile(path()).finish();
  EXPECT_EQ(files(), 0U);
}

TEST_F(ProblemFileTest, LeavesAFileAloneThatIsNoListOfProblems) {
  directory_.write("payments-problems.ndjson", "{\"my\":\"own\"}\n");
  ProblemFile(path()).finish();
  EXPECT_EQ(directory_.read("payments-problems.ndjson"), "{\"my\":\"own\"}\n");
}

TEST_F(ProblemFileTest, LeavesNothingOfACheckThatEndedEarly) {
  {
    ProblemFile file(path());
    file.add(some_problem());
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(ProblemFileTest, SaysThatItCannotBeWrittenAndGoesOn) {
  ProblemFile file(directory_.path() / "missing" / "problems.ndjson");
  for (int i = 0; i < 1000; ++i) file.add(some_problem());
  file.finish();
  EXPECT_THAT(file.failure(), HasSubstr("No such file"));
  EXPECT_THAT(file.failure(), HasSubstr("another directory"));
}

}  // namespace
}  // namespace payferry

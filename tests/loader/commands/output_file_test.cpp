#include "loader/commands/output_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "loader/commands/command_failure.hpp"
#include "loader/source/temp_directory.hpp"

namespace payferry {
namespace {

unsigned mode_of(const std::string& path) {
  struct stat status {};
  ::stat(path.c_str(), &status);
  return status.st_mode & 0777U;
}

TEST(OutputFile, IsReplacedWholeAndLeavesNothingBehind) {
  const TempDirectory directory;
  const std::string path = directory.write("page.html", "a much longer content than the new one");
  write_output(path, "new");
  EXPECT_EQ(directory.read("page.html"), "new");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1);
}

TEST(OutputFile, IsReadByWhomItMayBe) {
  const TempDirectory directory;
  write_output(directory.file("page.html"), "page");
  EXPECT_EQ(mode_of(directory.file("page.html")), 0600U);
  write_output(directory.file("payferry.prom"), "metrics", 0644);
  EXPECT_EQ(mode_of(directory.file("payferry.prom")), 0644U);
}

TEST(OutputFile, ADeviceIsWrittenToAndStays) {
  write_output("/dev/null", "page");
  EXPECT_FALSE(std::filesystem::is_regular_file("/dev/null"));
}

TEST(OutputFile, WhereItCannotBeWrittenThatIsSaid) {
  try {
    write_output("/nowhere/page.html", "page");
    FAIL() << "it was written";
  } catch (const CommandFailure& failure) {
    EXPECT_THAT(failure.what(), testing::HasSubstr("Cannot write /nowhere/page.html: No such"));
  }
}

}  // namespace
}  // namespace payferry

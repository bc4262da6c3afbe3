#include "loader/run/append_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "loader/run/disk_failure.hpp"
#include "loader/source/temp_directory.hpp"

namespace payferry {
namespace {

TEST(AppendFile, GrowsAndKnowsItsSize) {
  const TempDirectory directory;
  directory.write("file", "old\n");
  AppendFile file(directory.path() / "file");
  EXPECT_EQ(file.size(), 4U);
  file.append("new\n");
  file.flush();
  EXPECT_EQ(file.size(), 8U);
  EXPECT_EQ(directory.read("file"), "old\nnew\n");
}

TEST(AppendFile, IsMadeForItsUserOnly) {
  const TempDirectory directory;
  const AppendFile file(directory.path() / "file");
  struct stat status {};
  ASSERT_EQ(::stat(directory.file("file").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
}

TEST(AppendFile, AFullDiskIsTold) {
  AppendFile file("/dev/full");
  EXPECT_THROW(file.append("x"), DiskFailure);
}

TEST(AppendFile, WhatCannotBeOpenedIsTold) {
  const TempDirectory directory;
  EXPECT_THROW(AppendFile(directory.path() / "no" / "file"), DiskFailure);
}

}  // namespace
}  // namespace payferry

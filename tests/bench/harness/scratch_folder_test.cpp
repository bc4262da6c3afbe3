#include "bench/harness/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace payferry::bench {
namespace {

TEST(ScratchFolder, IsGoneWithItsOwner) {
  std::filesystem::path file;
  {
    const ScratchFolder folder;
    file = folder.write("a file", "content");
    EXPECT_EQ(read_file(file), "content");
    folder.remove("a file");
    EXPECT_FALSE(std::filesystem::exists(file));
    folder.write("a file", "again");
  }
  EXPECT_FALSE(std::filesystem::exists(file.parent_path()));
  EXPECT_THROW(read_file(file), std::runtime_error);
}

TEST(ScratchFolder, StaysWhereItIsToBeKept) {
  std::filesystem::path path;
  {
    ScratchFolder folder;
    path = folder.file("");
    folder.keep();
  }
  EXPECT_TRUE(std::filesystem::remove(path));
}

}  // namespace
}  // namespace payferry::bench

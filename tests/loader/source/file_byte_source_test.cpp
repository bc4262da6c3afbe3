#include "loader/source/file_byte_source.hpp"

#include <gtest/gtest.h>

#include "read_content.hpp"
#include "temp_directory.hpp"

namespace payferry {
namespace {

class FileByteSourceTest : public testing::Test {
 protected:
  InputFile open(const std::string& path) {
    auto file = InputFile::open(path);
    EXPECT_TRUE(file) << file.error().message;
    return std::move(*file);
  }

  TempDirectory directory_;
  const std::string path_ = directory_.write("payments.csv", "0123456789");
};

TEST_F(FileByteSourceTest, ReadsTheWholeFileInAnySteps) {
  for (const std::size_t step : {1, 3, 10, 100}) {
    FileByteSource source(open(path_));
    EXPECT_EQ(source.stored_bytes(), 10U);
    EXPECT_EQ(read_content(source, step).text, "0123456789");
    EXPECT_EQ(source.stored_bytes_read(), 10U);
  }
}

TEST_F(FileByteSourceTest, SeeksForward) {
  FileByteSource source(open(path_));
  ASSERT_TRUE(source.skip_to(ByteOffset(7)));
  EXPECT_EQ(read_content(source).text, "789");
}

TEST_F(FileByteSourceTest, ReadsNoFurtherThanTheSizeAtItsOpening) {
  FileByteSource source(open(path_));
  std::ofstream(path_, std::ios::app) << "added";
  EXPECT_EQ(read_content(source).text, "0123456789");
}

TEST_F(FileByteSourceTest, ReadsNoFurtherThanAnEarlierSize) {
  FileByteSource source(open(path_), 4);
  EXPECT_EQ(read_content(source).text, "0123");
}

TEST_F(FileByteSourceTest, NoticesThatTheFileShrank) {
  FileByteSource source(open(path_));
  std::filesystem::resize_file(path_, 4);
  const ReadContent content = read_content(source);
  EXPECT_EQ(content.text, "0123");
  EXPECT_EQ(
      content.failure,
      "the file shrank while it was read: it had 10 bytes when it was opened and ends after 4 now");
}

TEST_F(FileByteSourceTest, CannotSkipBehindItsEnd) {
  FileByteSource source(open(path_));
  EXPECT_FALSE(source.skip_to(ByteOffset(11)));
  EXPECT_TRUE(source.skip_to(ByteOffset(10)));
  EXPECT_EQ(read_content(source).text, "");
}

TEST_F(FileByteSourceTest, FailsAtAnEndWhereMoreBelongs) {
  FileByteSource source(open(path_), ReadFailure("more belongs here"));
  const ReadContent content = read_content(source);
  EXPECT_EQ(content.text, "0123456789");
  EXPECT_EQ(content.failure, "more belongs here");
}

}  // namespace
}  // namespace payferry

#include "loader/run/line_reader.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "loader/run/file_descriptor.hpp"
#include "loader/source/temp_directory.hpp"

namespace payferry {
namespace {

TEST(LineReader, GivesOneLineAfterTheOtherWithItsPlace) {
  const TempDirectory directory;
  LineReader lines(directory.write("file", "one\ntwo\n"));
  EXPECT_EQ(lines.next(), "one");
  EXPECT_EQ(lines.line_offset(), 0U);
  EXPECT_EQ(lines.next_offset(), 4U);
  EXPECT_EQ(lines.next(), "two");
  EXPECT_EQ(lines.line_offset(), 4U);
  EXPECT_EQ(lines.next(), std::nullopt);
  EXPECT_EQ(lines.next(), std::nullopt);
  EXPECT_EQ(lines.next_offset(), 8U);
}

TEST(LineReader, ATornLineIsNotGivenAndItsPlaceIsTold) {
  const TempDirectory directory;
  LineReader lines(directory.write("file", "one\ntorn"), 4);
  EXPECT_EQ(lines.next(), std::nullopt);
  EXPECT_EQ(lines.next_offset(), 4U);
}

TEST(LineReader, LinesMayBeLongerThanABlock) {
  const TempDirectory directory;
  const std::string longer(1'000'000, 'x');
  LineReader lines(directory.write("file", "a\n" + longer + "\nb\n"));
  EXPECT_EQ(lines.next(), "a");
  EXPECT_EQ(lines.next(), longer);
  EXPECT_EQ(lines.line_offset(), 2U);
  EXPECT_EQ(lines.next(), "b");
  EXPECT_EQ(lines.line_offset(), 1'000'003U);
}

TEST(LineReader, AFileThatIsNotThereHasNoLines) {
  const TempDirectory directory;
  LineReader lines(directory.file("nowhere"), 12);
  EXPECT_EQ(lines.next(), std::nullopt);
  EXPECT_EQ(lines.next_offset(), 0U);
}

TEST(LineReader, APipeIsReadAsItComes) {
  const TempDirectory directory;
  const std::string path = directory.file("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), S_IRUSR | S_IWUSR), 0);
  const FileDescriptor pipe(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  LineReader lines(path);
  ASSERT_TRUE(write_whole(pipe.get(), "one\ntwo\n"));
  EXPECT_EQ(lines.next(), "one");
  EXPECT_EQ(lines.next(), "two");
  ASSERT_TRUE(write_whole(pipe.get(), "three\n"));
  EXPECT_EQ(lines.next(), "three");
}

}  // namespace
}  // namespace payferry

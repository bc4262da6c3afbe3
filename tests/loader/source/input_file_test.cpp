#include "loader/source/input_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "temp_directory.hpp"

namespace payferry {
namespace {

TEST(InputFile, RefusesADirectoryAndWhatIsNotThere) {
  const TempDirectory directory;
  EXPECT_EQ(InputFile::open(directory.path().string()).error().message,
            "The input " + directory.path().string() + " is a directory; name a file in it.");
  EXPECT_EQ(InputFile::open(directory.file("none")).error().message,
            "Cannot open the input " + directory.file("none") +
                ": No such file or directory; check its name and its permissions.");
}

TEST(InputFile, KnowsTheSizeOfARegularFileOnly) {
  const TempDirectory directory;
  const auto file = InputFile::open(directory.write("file", "abc"));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->size(), 3U);

  const std::string fifo = directory.file("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(fifo) << "from a pipe"; });
  auto pipe = InputFile::open(fifo);
  ASSERT_TRUE(pipe);
  EXPECT_FALSE(pipe->size());
  std::string text(100, '\0');
  EXPECT_EQ(pipe->read(text).value_or(0), 11U);
  writer.join();
}

TEST(InputFile, AFifoIsOpenBeforeThereIsAWriterAndReadingWaitsForOne) {
  const TempDirectory directory;
  const std::string fifo = directory.file("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  auto opened = InputFile::open(fifo);
  ASSERT_TRUE(opened);
  InputFile pipe = std::move(*opened);
  std::thread writer([&] { std::ofstream(fifo) << "from a pipe"; });
  std::string text(100, '\0');
  EXPECT_EQ(pipe.read(text).value_or(0), 11U);
  EXPECT_EQ(pipe.read(text).value_or(9), 0U);
  writer.join();
}

TEST(InputFile, ReadsAtAPlace) {
  const TempDirectory directory;
  auto file = InputFile::open(directory.write("file", "0123456789"));
  std::string text(4, '\0');
  EXPECT_EQ(file->read_at(3, text).value_or(0), 4U);
  EXPECT_EQ(text, "3456");
  EXPECT_EQ(file->read_at(8, text).value_or(0), 2U);
}

}  // namespace
}  // namespace payferry

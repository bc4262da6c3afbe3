#include "loader/run/disk_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/source/temp_directory.hpp"

namespace payferry {
namespace {

using testing::ElementsAre;

class DiskFilesTest : public testing::Test {
 protected:
  TempDirectory directory_;
  DiskFiles files_{{directory_.path() / "rejects.csv", directory_.path() / "unknown.csv",
                    directory_.path() / "outcomes.ndjson", directory_.path() / "attempts.ndjson"}};
};

TEST_F(DiskFilesTest, EachFileIsTheOneOfItsName) {
  directory_.write("rejects.csv", "1");
  directory_.write("unknown.csv", "22");
  directory_.write("outcomes.ndjson", "333");
  directory_.write("attempts.ndjson", "4444");
  EXPECT_EQ(files_.size(LogFile::rejects), 1U);
  EXPECT_EQ(files_.size(LogFile::unknown), 2U);
  EXPECT_EQ(files_.size(LogFile::outcomes), 3U);
  EXPECT_EQ(files_.size(LogFile::attempts), 4U);
  EXPECT_EQ(files_.name(LogFile::outcomes), directory_.file("outcomes.ndjson"));
}

TEST_F(DiskFilesTest, AFileThatIsNotThereIsEmpty) {
  const auto unexpected = [](std::string_view, std::uint64_t) { ADD_FAILURE(); };
  EXPECT_EQ(files_.size(LogFile::rejects), 0U);
  EXPECT_EQ(files_.read_lines(LogFile::rejects, 0, unexpected), 0U);
  files_.cut_off(LogFile::rejects, 0);
  EXPECT_FALSE(std::filesystem::exists(directory_.file("rejects.csv")));
}

TEST_F(DiskFilesTest, WritingAgainLeavesTheFileAsItIs) {
  files_.write_again(LogFile::outcomes, 0);
  EXPECT_FALSE(std::filesystem::exists(directory_.file("outcomes.ndjson")));
  std::string content;
  for (int i = 0; i < 100'000; ++i) content += std::to_string(i) + "\n";
  directory_.write("outcomes.ndjson", content);
  for (const std::uint64_t from : {std::uint64_t{0}, std::uint64_t{7}, content.size()}) {
    files_.write_again(LogFile::outcomes, from);
    EXPECT_EQ(directory_.read("outcomes.ndjson"), content) << from;
  }
}

TEST_F(DiskFilesTest, ReadsLinesAndCutsOffATornOne) {
  directory_.write("attempts.ndjson", "one\ntwo\nthr");
  std::vector<std::string> lines;
  const std::uint64_t whole =
      files_.read_lines(LogFile::attempts, 4,
                        [&](std::string_view line, std::uint64_t) { lines.emplace_back(line); });
  EXPECT_THAT(lines, ElementsAre("two"));
  files_.cut_off(LogFile::attempts, whole);
  EXPECT_EQ(directory_.read("attempts.ndjson"), "one\ntwo\n");
}

}  // namespace
}  // namespace payferry

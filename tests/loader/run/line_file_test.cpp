#include "loader/run/line_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/run/disk_failure.hpp"
#include "loader/source/temp_directory.hpp"

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr std::size_t kReadBytes = 256 * 1024;  // as in line_reader.cpp

class LineFileTest : public testing::Test {
 protected:
  std::uint64_t read(const std::string& content, std::uint64_t from = 0) {
    directory_.write("file", content);
    lines_.clear();
    return read_lines(directory_.file("file"), from, [&](std::string_view line, std::uint64_t at) {
      lines_.emplace_back(at, std::string(line));
    });
  }

  TempDirectory directory_;
  std::vector<std::pair<std::uint64_t, std::string>> lines_;
};

TEST_F(LineFileTest, GivesEachLineWithItsPlace) {
  EXPECT_EQ(read("one\n\nthree\n"), 11U);
  EXPECT_THAT(lines_, ElementsAre(Pair(0, "one"), Pair(4, ""), Pair(5, "three")));
}

TEST_F(LineFileTest, StartsWhereItIsTold) {
  EXPECT_EQ(read("one\ntwo\nthree\n", 4), 14U);
  EXPECT_THAT(lines_, ElementsAre(Pair(4, "two"), Pair(8, "three")));
}

TEST_F(LineFileTest, ATornLineIsNotGivenAndStandsBehindTheEnd) {
  EXPECT_EQ(read("one\ntwo\nthr"), 8U);
  EXPECT_THAT(lines_, ElementsAre(Pair(0, "one"), Pair(4, "two")));
  EXPECT_EQ(read("thr"), 0U);
  EXPECT_THAT(lines_, IsEmpty());
}

TEST_F(LineFileTest, AFileThatIsNotThereOrIsEmptyHasNoLines) {
  const auto unexpected = [](std::string_view, std::uint64_t) { ADD_FAILURE(); };
  EXPECT_EQ(read_lines(directory_.file("nothing"), 0, unexpected), 0U);
  EXPECT_EQ(read(""), 0U);
  EXPECT_THAT(lines_, IsEmpty());
}

TEST_F(LineFileTest, LinesThatEndAroundAChunksEndAreWhole) {
  for (std::size_t size = kReadBytes - 3; size <= kReadBytes + 3; ++size) {
    const std::string first(size, 'a');
    EXPECT_EQ(read(first + "\nb\nc"), size + 3);
    EXPECT_THAT(lines_, ElementsAre(Pair(0, first), Pair(size + 1, "b"))) << size;
  }
}

TEST_F(LineFileTest, ALineOfManyChunksIsWhole) {
  const std::string first(3 * kReadBytes + 17, 'a');
  const std::string second(2 * kReadBytes, 'b');
  read("x\n" + first + "\n" + second + "\n");
  EXPECT_THAT(lines_, ElementsAre(Pair(0, "x"), Pair(2, first), Pair(first.size() + 3, second)));
}

TEST_F(LineFileTest, ATornLineBehindAChunksEndIsNotGiven) {
  const std::string whole(kReadBytes - 1, 'a');
  EXPECT_EQ(read(whole + "\n" + std::string(kReadBytes + 5, 'b')), kReadBytes);
  EXPECT_EQ(lines_.size(), 1U);
}

TEST_F(LineFileTest, ManyLinesThroughManyChunksKeepTheirPlaces) {
  std::string content;
  for (int i = 0; content.size() < 3 * kReadBytes; ++i) content += std::to_string(i) + "\n";
  EXPECT_EQ(read(content), content.size());
  std::uint64_t place = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    ASSERT_EQ(lines_[i].first, place);
    ASSERT_EQ(lines_[i].second, std::to_string(i));
    place += lines_[i].second.size() + 1;
  }
  EXPECT_EQ(place, content.size());
}

TEST_F(LineFileTest, WhatCannotBeReadIsNamed) {
  try {
    read_lines(directory_.path(), 0, [](std::string_view, std::uint64_t) {});
    FAIL() << "a directory was read";
  } catch (const DiskFailure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr(directory_.path().string()));
  }
}

TEST_F(LineFileTest, CutsOffWhatIsBehind) {
  directory_.write("file", "one\ntwo\nthr");
  cut_off(directory_.file("file"), 8);
  EXPECT_EQ(directory_.read("file"), "one\ntwo\n");
  cut_off(directory_.file("file"), 0);
  EXPECT_EQ(directory_.read("file"), "");
}

TEST_F(LineFileTest, CuttingOffNeverLengthens) {
  directory_.write("file", "one\n");
  for (const std::uint64_t bytes : {4U, 5U, 4000U}) cut_off(directory_.file("file"), bytes);
  EXPECT_EQ(directory_.read("file"), "one\n");
}

TEST_F(LineFileTest, CuttingOffMakesNoFile) {
  cut_off(directory_.file("nothing"), 8);
  EXPECT_FALSE(std::filesystem::exists(directory_.file("nothing")));
}

TEST_F(LineFileTest, CuttingOffDoesNotFollowALink) {
  directory_.write("elsewhere", "keep all of this");
  std::filesystem::create_symlink(directory_.file("elsewhere"), directory_.path() / "link");
  EXPECT_THROW(cut_off(directory_.file("link"), 1), DiskFailure);
  EXPECT_EQ(directory_.read("elsewhere"), "keep all of this");
}

}  // namespace
}  // namespace payferry

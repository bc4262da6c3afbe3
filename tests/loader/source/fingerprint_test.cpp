#include "loader/source/fingerprint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "temp_directory.hpp"

namespace payferry {
namespace {

using testing::HasSubstr;

class FingerprintTest : public testing::Test {
 protected:
  std::string change(const std::string& content) {
    directory_.write("payments.csv", content);
    return changed_since(path_, recorded_).value_or("");
  }
  std::string changed_at(std::size_t at) {
    std::string content = content_;
    content[at] = 'X';
    return change(content);
  }

  TempDirectory directory_;
  const std::string content_ = std::string(300'000, 'p');
  const std::string path_ = directory_.write("payments.csv", content_);
  const Fingerprint recorded_ = fingerprint_of(path_).value();
};

TEST_F(FingerprintTest, TakesTheSameContentForTheSameFile) {
  EXPECT_EQ(change(content_), "");
  EXPECT_EQ(recorded_.size, 300'000U);
}

TEST_F(FingerprintTest, SeesAChangeNearEitherEnd) {
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{65'535}, content_.size() - 65'536, content_.size() - 1}) {
    EXPECT_EQ(changed_at(at),
              path_ +
                  " is not the file that the run began with: its content has changed; put that "
                  "file back, or load this one in a run of its own.");
  }
}

TEST_F(FingerprintTest, DoesNotSeeAChangeOfTheSameLengthInTheMiddle) {
  EXPECT_EQ(changed_at(150'000), "");
}

TEST_F(FingerprintTest, SeesRowsAdded) {
  EXPECT_EQ(change(content_ + "more"),
            path_ +
                " has 300004 bytes and had 300000 when the run began: rows were added; "
                "put the file back as it was, and load the new rows in a run of their "
                "own.");
}

TEST_F(FingerprintTest, SeesAFileCutOff) {
  EXPECT_EQ(
      change(content_.substr(1)),
      path_ + " has 299999 bytes and had 300000 when the run began; put the whole file back.");
}

TEST_F(FingerprintTest, SaysThatTheFileIsGone) {
  std::filesystem::remove(path_);
  EXPECT_THAT(changed_since(path_, recorded_).value_or(""), HasSubstr("No such file or directory"));
}

TEST_F(FingerprintTest, TravelsAsText) {
  const auto read_back = fingerprint_from_text(recorded_.size, hashes_to_text(recorded_));
  ASSERT_TRUE(read_back);
  EXPECT_EQ(*read_back, recorded_);
  EXPECT_EQ(hashes_to_text({0, 1, 0xabc}), "00000000000000010000000000000abc");
  EXPECT_FALSE(fingerprint_from_text(0, "0001"));
  EXPECT_FALSE(fingerprint_from_text(0, std::string(31, '0') + "x"));
}

TEST(Fingerprint, IsOfSmallAndEmptyFilesToo) {
  const TempDirectory directory;
  const auto empty = fingerprint_of(directory.write("empty", ""));
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->size, 0U);
  EXPECT_NE(fingerprint_of(directory.write("a", "a")).value(),
            fingerprint_of(directory.write("b", "b")).value());
}

TEST(Fingerprint, IsOfRegularFilesOnly) {
  EXPECT_EQ(fingerprint_of("/dev/null").error().message,
            "The input /dev/null is no regular file and has no fingerprint.");
}

}  // namespace
}  // namespace payferry

#include "loader/source/content_head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compress.hpp"
#include "temp_directory.hpp"

namespace payferry {
namespace {

using testing::HasSubstr;

TEST(ContentHead, IsTheWholeOfASmallFile) {
  const TempDirectory directory;
  const auto head = read_head(directory.write("a.csv", "id\nA\n"));
  ASSERT_TRUE(head);
  EXPECT_EQ(head->text, "id\nA\n");
  EXPECT_TRUE(head->is_whole);
}

TEST(ContentHead, IsTheBeginningOfALargeOne) {
  const TempDirectory directory;
  const auto head = read_head(directory.write("a.csv", "id\n" + std::string(1 << 20, 'x')), 1000);
  ASSERT_TRUE(head);
  EXPECT_FALSE(head->is_whole);
  EXPECT_GE(head->text.size(), 1000U);
  EXPECT_LT(head->text.size(), 1U << 20);
}

TEST(ContentHead, GoesOnToTheEndOfAVeryLongHeader) {
  const TempDirectory directory;
  const std::string header(3 << 20, 'h');
  const auto head = read_head(directory.write("a.csv", header + "\nrow\n"), 1000);
  ASSERT_TRUE(head);
  EXPECT_TRUE(head->text.starts_with(header + "\n"));
}

TEST(ContentHead, IsDecompressed) {
  const TempDirectory directory;
  EXPECT_EQ(read_head(directory.write("a.csv.gz", gzip("id\nA\n")))->text, "id\nA\n");
  EXPECT_EQ(read_head(directory.write("a.csv.zst", zstd("id\nA\n")))->text, "id\nA\n");
}

TEST(ContentHead, UsesWhatCanBeReadOfADamagedFile) {
  const TempDirectory directory;
  const std::string whole = gzip("id\n" + std::string(100, 'A') + "\n");
  const auto head = read_head(directory.write("a.csv.gz", whole.substr(0, whole.size() - 8)));
  ASSERT_TRUE(head);
  EXPECT_FALSE(head->is_whole);
  EXPECT_TRUE(head->text.starts_with("id\n"));
}

TEST(ContentHead, SaysWhatIsNoInput) {
  const TempDirectory directory;
  EXPECT_THAT(read_head(directory.path().string()).error().message, HasSubstr("is a directory"));
  EXPECT_THAT(read_head(directory.file("missing.csv")).error().message, HasSubstr("missing.csv"));
}

}  // namespace
}  // namespace payferry

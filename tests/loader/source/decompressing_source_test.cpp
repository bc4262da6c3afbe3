#include "loader/source/decompressing_source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "compress.hpp"
#include "memory_byte_source.hpp"
#include "read_content.hpp"

namespace payferry {
namespace {

using testing::StartsWith;

struct Format {
  const char* name;
  std::string (*compress)(std::string_view);
  std::unique_ptr<Decompressor> (*decompressor)();
};

class DecompressingSourceTest : public testing::TestWithParam<Format> {
 protected:
  DecompressingSource source(const std::string& stored, std::size_t step = 1 << 20) {
    return DecompressingSource(std::make_unique<MemoryByteSource>(stored, step),
                               GetParam().decompressor(), GetParam().name);
  }
  std::string compress(std::string_view text) { return GetParam().compress(text); }

  static std::string long_text() {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919) + (i % 10 == 0 ? "\n" : ",");
    return text;
  }
};

TEST_P(DecompressingSourceTest, GivesTheContentInAnySteps) {
  const std::string text = long_text();
  const std::string stored = compress(text);
  for (const std::size_t stored_step : {1, 1000, 1 << 20}) {
    for (const std::size_t step : {1, 4096, 1 << 22}) {
      DecompressingSource whole = source(stored, stored_step);
      const ReadContent content = read_content(whole, step);
      EXPECT_TRUE(content.text == text) << stored_step << ' ' << step;
      EXPECT_EQ(content.failure, "");
      EXPECT_EQ(whole.stored_bytes_read(), stored.size());
    }
  }
}

TEST_P(DecompressingSourceTest, JoinsMembersAndFrames) {
  DecompressingSource joined = source(compress("one,") + compress("") + compress("two"), 1);
  EXPECT_EQ(read_content(joined, 2).text, "one,two");
  EXPECT_EQ(read_content(joined).failure, "");
}

TEST_P(DecompressingSourceTest, TellsEveryEarlyEndAfterWhatCouldBeRead) {
  const std::string text = "a payment, and another payment, and a third payment";
  const std::string first = compress("first|");
  const std::string stored = first + compress(text);
  for (std::size_t length = 0; length < stored.size(); ++length) {
    if (length == first.size()) continue;
    DecompressingSource cut = source(stored.substr(0, length));
    const ReadContent content = read_content(cut);
    EXPECT_EQ(content.failure, "the " + std::string(GetParam().name) + " data end too early")
        << length;
    EXPECT_THAT("first|" + text, StartsWith(content.text));
    if (length > first.size()) {
      EXPECT_THAT(content.text, StartsWith("first|"));
    }
  }
}

TEST_P(DecompressingSourceTest, TellsDamage) {
  std::string stored = compress(long_text());
  for (std::size_t at = stored.size() / 2; at < stored.size() / 2 + 64; ++at) stored[at] = '\x55';
  DecompressingSource damaged = source(stored);
  const ReadContent content = read_content(damaged);
  EXPECT_THAT(content.failure,
              StartsWith("the " + std::string(GetParam().name) + " data are damaged ("));
  EXPECT_EQ(read_content(damaged).failure, content.failure);
}

TEST_P(DecompressingSourceTest, TellsWhatFollowsTheDataAndIsNone) {
  DecompressingSource followed = source(compress("content") + "something else");
  const ReadContent content = read_content(followed);
  EXPECT_EQ(content.text, "content");
  EXPECT_THAT(content.failure,
              StartsWith("the " + std::string(GetParam().name) + " data are damaged ("));
}

TEST_P(DecompressingSourceTest, SkipsContent) {
  const std::string text = long_text();
  DecompressingSource skipping = source(compress(text));
  ASSERT_TRUE(skipping.skip_to(ByteOffset(300'000)));
  EXPECT_TRUE(read_content(skipping).text == text.substr(300'000));
  EXPECT_FALSE(skipping.skip_to(ByteOffset(text.size() + 1)));
}

TEST_P(DecompressingSourceTest, SkipsOnFromWhereItStands) {
  const std::string text = long_text();
  DecompressingSource skipping = source(compress(text));
  std::array<char, 1000> buffer{};
  const auto read = skipping.read(buffer);
  ASSERT_TRUE(read);
  ASSERT_TRUE(skipping.skip_to(ByteOffset(*read + 5000)));
  EXPECT_TRUE(read_content(skipping).text == text.substr(*read + 5000));
}

TEST_P(DecompressingSourceTest, PassesOnAFailureOfTheStoredBytes) {
  DecompressingSource failing(
      std::make_unique<MemoryByteSource>(compress("content"), 1 << 20, "cannot read"),
      GetParam().decompressor(), GetParam().name);
  const ReadContent content = read_content(failing);
  EXPECT_EQ(content.text, "content");
  EXPECT_EQ(content.failure, "cannot read");
}

INSTANTIATE_TEST_SUITE_P(Formats, DecompressingSourceTest,
                         testing::Values(Format{"gzip", gzip, make_gzip_decompressor},
                                         Format{"zstd", zstd, make_zstd_decompressor}),
                         [](const auto& format) { return format.param.name; });

TEST(GzipDecompressor, IgnoresZerosBehindTheData) {
  DecompressingSource padded(
      std::make_unique<MemoryByteSource>(gzip("content") + std::string(1000, '\0')),
      make_gzip_decompressor(), "gzip");
  const ReadContent content = read_content(padded);
  EXPECT_EQ(content.text, "content");
  EXPECT_EQ(content.failure, "");
}

TEST(GzipDecompressor, SaysThatWhatFollowsIsNotGzip) {
  DecompressingSource followed(std::make_unique<MemoryByteSource>(gzip("content") + "text"),
                               make_gzip_decompressor(), "gzip");
  EXPECT_EQ(read_content(followed).failure,
            "the gzip data are damaged (bytes that are not gzip follow the gzip data)");
}

}  // namespace
}  // namespace payferry

#include "loader/source/input_detection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compress.hpp"
#include "memory_byte_source.hpp"
#include "read_content.hpp"

namespace payferry {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;

auto content(const std::string& stored,
             InputCompression compression = InputCompression::automatic) {
  return open_content(std::make_unique<MemoryByteSource>(stored), "input", compression);
}

std::string content_text(const std::string& stored) {
  auto source = content(stored);
  return source ? read_content(**source).text : source.error().message;
}

TEST(InputDetection, TellsCompressionByTheFirstBytes) {
  EXPECT_EQ(content_text(gzip("content")), "content");
  EXPECT_EQ(content_text(zstd("content")), "content");
  EXPECT_EQ(content_text("content"), "content");
  EXPECT_EQ(content_text("\x1F"), "\x1F");
  EXPECT_EQ(content_text(""), "");
  EXPECT_EQ(content_text("\x50\x2A\x4D\x18\x01\x00\x00\x00x"s + zstd("content")), "content");
}

TEST(InputDetection, DoesWhatTheSettingSays) {
  auto plain = content(gzip("content"), InputCompression::none);
  EXPECT_EQ(read_content(**plain).text, gzip("content"));
  auto wrong = content("content", InputCompression::gzip);
  EXPECT_THAT(read_content(**wrong).failure, HasSubstr("the gzip data are damaged"));
  auto right = content(zstd("content"), InputCompression::zstd);
  EXPECT_EQ(read_content(**right).text, "content");
}

TEST(InputDetection, NamesWhatCannotBeRead) {
  EXPECT_EQ(content_text("PK\x03\x04rest"),
            "The input input is a zip archive or a workbook; unpack it, or save it as CSV.");
  EXPECT_THAT(content_text("\xFD"
                           "7zXZ\0rest"s),
              HasSubstr("compressed with xz; decompress it first."));
  EXPECT_THAT(content_text("BZh91AY&SY"), HasSubstr("compressed with bzip2; decompress it first."));
  EXPECT_THAT(content_text("PAR1rest"), HasSubstr("a Parquet file; export it as CSV or NDJSON."));
  EXPECT_EQ(content_text("BZhandler,b\n"), "BZhandler,b\n");
}

TEST(InputDetection, ReadsBehindTheBlanksThatAContentBeginsWith) {
  for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
    const std::string blanks = " \r\n\n\n\t\n";
    ReadWindow window(std::make_unique<MemoryByteSource>(mark + blanks + "{\"a\":1}\n", 1), 16);
    ASSERT_FALSE(begin_text(window, "pipe"));
    EXPECT_EQ(window.held(), blanks + "{");
  }
}

TEST(InputDetection, TellsTheFormatByNameThenByContent) {
  EXPECT_EQ(detect_format("a/payments.CSV", "{"), InputFormat::csv);
  EXPECT_EQ(detect_format("payments.tsv.gz", "{"), InputFormat::csv);
  EXPECT_EQ(detect_format("payments.ndjson", "a,b"), InputFormat::ndjson);
  EXPECT_EQ(detect_format("payments.jsonl.zst", "a,b"), InputFormat::ndjson);
  EXPECT_EQ(detect_format("standard input", "\n {\"a\":1}"), InputFormat::ndjson);
  EXPECT_EQ(detect_format("payments.txt", "{\"a\":1}"), InputFormat::ndjson);
  EXPECT_EQ(detect_format("payments.txt", "a,b"), InputFormat::csv);
  EXPECT_EQ(detect_format("export", "a,b"), InputFormat::csv);
  EXPECT_EQ(detect_format("export", ""), InputFormat::csv);
}

}  // namespace
}  // namespace payferry

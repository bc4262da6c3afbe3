#include "loader/source/ndjson_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "memory_byte_source.hpp"
#include "read_all.hpp"

namespace payferry {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using Cells = std::vector<std::string>;

tl::expected<std::unique_ptr<NdjsonReader>, InputError> open(
    const std::string& text, ReaderOptions options = {},
    std::optional<std::string> failure = std::nullopt) {
  options.name = "payments.ndjson";
  return NdjsonReader::open(ReadWindow(std::make_unique<MemoryByteSource>(text, 1 << 20, failure)),
                            options, {"id", "amount"});
}

std::vector<ReadRecord> read(const std::string& text, ReaderOptions options = {}) {
  auto reader = open(text, options);
  EXPECT_TRUE(reader) << reader.error().message;
  return reader ? read_all(**reader) : std::vector<ReadRecord>();
}

TEST(NdjsonReader, GivesOneRecordALine) {
  const auto records = read("{\"id\":\"a\",\"amount\":1.50}\r\n\n  \n{\"amount\":2}");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_THAT(records[0].cells, ElementsAre("a", "1.50"));
  EXPECT_EQ(records[0].raw, "{\"id\":\"a\",\"amount\":1.50}");
  EXPECT_THAT(records[1].cells, ElementsAre("", "2"));
  EXPECT_EQ(records[1].number, 2U);
  EXPECT_EQ(records[1].line, 4U);
  EXPECT_EQ(records[1].offset, 30U);
}

TEST(NdjsonReader, HasThePathsAsColumns) {
  const auto reader = open("");
  ASSERT_TRUE(reader);
  EXPECT_THAT((*reader)->columns(), ElementsAre("id", "amount"));
}

TEST(NdjsonReader, RefusesALineThatIsNoObjectAndGoesOn) {
  const auto records = read("{\"id\":1}\n{\"id\":1,}\n7\n{\"id\":3}\n");
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[1].code, "INVALID_JSON");
  EXPECT_EQ(records[1].message,
            "the line is not a valid JSON object: a key in quotes is missing (column 9); mend it");
  EXPECT_EQ(records[1].raw, "{\"id\":1,}");
  EXPECT_EQ(records[2].message,
            "the line is not a valid JSON object: the line is no JSON object (column 1); mend it");
  EXPECT_THAT(records[3].cells, ElementsAre("3", ""));
}

TEST(NdjsonReader, RefusesALineThatIsNotUtf8) {
  const auto records = read("{\"id\":\"\xE9\"}\n{\"x\":\"\xC3\"}\n{\"id\":\"\xC3\xA9\"}\n");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].code, "INVALID_UTF8");
  EXPECT_EQ(records[0].column, "id");
  EXPECT_EQ(records[0].message, "byte 8 of the line is not valid UTF-8; mend the text");
  EXPECT_EQ(records[1].code, "INVALID_UTF8");
  EXPECT_EQ(records[1].column, "");
  EXPECT_THAT(records[2].cells, ElementsAre("\xC3\xA9", ""));
}

TEST(NdjsonReader, RefusesALineWithANulByte) {
  EXPECT_EQ(read("{\"id\":\"\0\"}\n"s)[0].code, "NUL_BYTE");
}

TEST(NdjsonReader, ConvertsOtherEncodingsAndKeepsTheSourcesBytesInRaw) {
  ReaderOptions options;
  options.encoding = InputEncoding::windows1252;
  const auto records = read("{\"id\":\"\x80\\u20ac\"}\n{\"id\":\"\x81\"}\n", options);
  EXPECT_THAT(records[0].cells, ElementsAre("€€", ""));
  EXPECT_EQ(records[0].raw, "{\"id\":\"\x80\\u20ac\"}");
  EXPECT_EQ(records[1].code, "INVALID_ENCODING");
}

TEST(NdjsonReader, RefusesALineThatIsTooLongAndGoesOn) {
  ReaderOptions options;
  options.max_record_bytes = 40;
  const auto records = read("{\"id\":\"" + std::string(100, 'x') + "\"}\n{\"id\":2}\n", options);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].code, "RECORD_TOO_LONG");
  EXPECT_EQ(records[0].raw, "{\"id\":\"" + std::string(33, 'x') +
                                "[the rest of the row was too long and cut off by payferry]");
  EXPECT_THAT(records[1].cells, ElementsAre("2", ""));
  EXPECT_EQ(records[1].line, 2U);
}

TEST(NdjsonReader, RefusesALineOfRejectsThatIsNoObjectYet) {
  for (const char* line :
       {R"({"payferry_line":"{\"id\":1","payferry_error":"torn"})",
        R"({ "payferry_line" : "{\"id\":1}" })", R"({"payferry_error":"x","payferry_line":"1"})"}) {
    const auto records = read(std::string(line) + "\n{\"id\":2,\"payferry_error\":\"no\"}\n");
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].code, "INVALID_JSON") << line;
    EXPECT_EQ(records[0].message,
              "the line holds a row that was refused as no JSON object, in payferry_line; put the "
              "mended object in the line's place");
    EXPECT_EQ(records[1].code, "");
  }
}

TEST(NdjsonReader, DropsTheLineInWhichTheSourceBreaks) {
  const auto reader = open("{\"id\":1}\n{\"id\":2}", {}, "the zstd data end too early");
  ASSERT_TRUE(reader);
  EXPECT_EQ(read_all(**reader).size(), 1U);
  ASSERT_TRUE((*reader)->broken());
  EXPECT_THAT((*reader)->broken()->message,
              HasSubstr("payments.ndjson breaks off in line 2: the zstd data end too early;"));
}

TEST(NdjsonReader, RefusesAnArrayAndAnObjectOverSeveralLines) {
  EXPECT_EQ(open("\n [{\"id\":1},\n{\"id\":2}]").error().message,
            "payments.ndjson begins with a JSON array, and one object a line is needed; jq -c "
            "'.[]' makes that of it.");
  EXPECT_EQ(open("{\n  \"id\": 1\n}\n").error().message,
            "payments.ndjson spreads an object over several lines, and one object a line is "
            "needed; jq -c . makes that "
            "of it.");
}

TEST(NdjsonReader, SaysWhichCellsAreNumbersWithAnExponent) {
  const auto reader = open("{\"amount\":1e2}\n{\"amount\":\"1e2\"}\n");
  ASSERT_TRUE(reader);
  Record record;
  ASSERT_TRUE((*reader)->next(record));
  EXPECT_THAT(record.with_exponent, ElementsAre(1));
  ASSERT_TRUE((*reader)->next(record));
  EXPECT_TRUE(record.with_exponent.empty());
}

}  // namespace
}  // namespace payferry

#include "loader/run/reject_rows.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

RejectFormat csv_format() {
  RejectFormat format;
  format.header = "id,amount";
  format.columns = {"id", "amount"};
  return format;
}

RejectFormat ndjson_format() {
  RejectFormat format;
  format.csv = false;
  return format;
}

std::string header(const RejectFormat& format) {
  std::string out;
  RejectRows(format).append_header(out);
  return out;
}

std::string row(const RejectFormat& format, std::string_view raw, std::string_view error) {
  std::string out;
  RejectRows(format).append_row(out, raw, error);
  return out;
}

TEST(RejectRowsNdjson, ADeepRowIsMarkedAsAnyOther) {
  const std::string deep = std::string(127, '[') + "4111111111111111" + std::string(127, ']');
  const std::string text = row(ndjson_format(), "{\"a\":" + deep + "}", "no");
  EXPECT_NE(text.find("[\"[card number ending in 1111"), text.npos) << text;
}

TEST(RejectRowsNdjson, APathThatHoldsNoCardNumbersSpeaksForItsOwnValueOnly) {
  RejectFormat format = ndjson_format();
  format.card_like = {"a"};
  EXPECT_NE(row(format, R"({"a":"4111111111111111"})", "no").find("4111111111111111"),
            std::string::npos);
  EXPECT_EQ(row(format, R"({"a":{"b":"4111111111111111"}})", "no").find("4111111111111111"),
            std::string::npos);
}

TEST(RejectRowsCsv, TheHeaderIsTheSourcesWithOneColumnMore) {
  EXPECT_EQ(header(csv_format()), "id,amount,payferry_error\r\n");
}

TEST(RejectRowsCsv, ARowStaysAsItStoodAndItsErrorIsQuoted) {
  EXPECT_EQ(row(csv_format(), "1,\"a \"\"b\"\"\"", "no, it \"is\" not"),
            "1,\"a \"\"b\"\"\",\"no, it \"\"is\"\" not\"\r\n");
}

TEST(RejectRowsCsv, TheSourcesDelimiterIsUsed) {
  RejectFormat format = csv_format();
  format.header = "id;amount";
  format.delimiter = ';';
  EXPECT_EQ(header(format), "id;amount;payferry_error\r\n");
  EXPECT_EQ(row(format, "1;2", "no; never"), "1;2;\"no; never\"\r\n");
}

TEST(RejectRowsCsv, ALineEndInAMessageIsABlankAndOneInTheRowStays) {
  EXPECT_EQ(row(csv_format(), "1,\"two\nlines\"", "one\ntwo\r\nthree"),
            "1,\"two\nlines\",\"one two  three\"\r\n");
}

TEST(RejectRowsCsv, ASourceThatIsNotUtf8GetsAsciiOnlyAndKeepsItsOwnBytes) {
  RejectFormat format = csv_format();
  format.utf8 = false;
  EXPECT_EQ(row(format, "1,\xE9", "\xC3\xA9 is bad"), "1,\xE9,\"?? is bad\"\r\n");
  EXPECT_EQ(row(csv_format(), "1,\xC3\xA9", "\xC3\xA9 is bad"),
            "1,\xC3\xA9,\"\xC3\xA9 is bad\"\r\n");
}

constexpr const char* kMark = "[card number ending in 1111 masked by payferry]";

TEST(RejectRowsCsv, CardNumbersAreMarkedInTheirCells) {
  EXPECT_EQ(row(csv_format(), "4111 1111 1111 1111,4111111111111111", "no"),
            std::string(kMark) + "," + kMark + ",\"no\"\r\n");
}

TEST(RejectRowsCsv, AColumnThatHoldsNoCardNumbersStaysAsItStood) {
  RejectFormat format = csv_format();
  format.card_like = {"id"};
  EXPECT_EQ(row(format, "4111111111111111,\"4111111111111111, \"\"my\"\" card\"", "no"),
            "4111111111111111,\"" + std::string(kMark) + ", \"\"my\"\" card\",\"no\"\r\n");
  EXPECT_EQ(row(format, "\"4111111111111111\",\"1\"", "no"),
            "\"4111111111111111\",\"1\",\"no\"\r\n");
}

TEST(RejectRowsCsv, AMarkThatHoldsTheDelimiterIsQuoted) {
  RejectFormat format = csv_format();
  format.delimiter = ' ';
  EXPECT_EQ(row(format, "1 4111111111111111", "no"), "1 \"" + std::string(kMark) + "\" \"no\"\r\n");
}

TEST(RejectRowsCsv, ARowThatCannotBeToldIntoCellsIsMarkedAsAWhole) {
  RejectFormat format = csv_format();
  format.card_like = {"id"};
  for (const std::string broken : {"4111111111111111", "4111111111111111,1,2",
                                   "4111111111111111,\"open", "4111111111111111,\"a\"b"})
    EXPECT_EQ(row(format, broken, "no"), kMark + broken.substr(16) + ",\"no\"\r\n");
}

RejectFormat rejects_again(std::vector<std::string> columns) {
  RejectFormat format;
  for (const std::string& column : columns)
    format.header += (format.header.empty() ? "" : ",") + column;
  format.columns = std::move(columns);
  return format;
}

TEST(RejectRowsCsv, TheErrorOfAnEarlierRunIsReplaced) {
  const RejectFormat last = rejects_again({"id", "amount", "payferry_error"});
  EXPECT_EQ(header(last), "id,amount,payferry_error\r\n");
  EXPECT_EQ(row(last, "\"1, \"\"a\"\"\",2,\"the old, \"\"one\"\"\"", "no"),
            "\"1, \"\"a\"\"\",2,\"no\"\r\n");
  EXPECT_EQ(row(last, "1,2,", "no"), "1,2,\"no\"\r\n");
  EXPECT_EQ(row(last, "4111111111111111,2,old", "no"), std::string(kMark) + ",2,\"no\"\r\n");
  const RejectFormat first = rejects_again({"payferry_error", "id", "amount"});
  EXPECT_EQ(header(first), "payferry_error,id,amount\r\n");
  EXPECT_EQ(row(first, "\"old\",1,\"2\"", "no"), "\"no\",1,\"2\"\r\n");
}

TEST(RejectRowsCsv, OfSeveralErrorsOfEarlierRunsTheLastIsReplaced) {
  const RejectFormat format = rejects_again({"id", "payferry_error", "payferry_error", ""});
  EXPECT_EQ(row(format, "1,a,b,", "no"), "1,a,\"no\",\r\n");
}

TEST(RejectRowsCsv, ARowOfAnotherShapeLosesNothingForTheError) {
  const RejectFormat format = rejects_again({"id", "amount", "payferry_error"});
  for (const std::string broken : {"1", "1,2,3,\"old\"", "1,\"open,2", "1,2,\"open", ""})
    EXPECT_EQ(row(format, broken, "no"), broken + ",\"no\"\r\n");
}

TEST(RejectRowsCsv, ARowOfAnotherShapeIsNotMadeWholeByItsError) {
  for (const auto& columns : {std::vector<std::string>{"id", "amount", "payferry_error"},
                              std::vector<std::string>{"id", "payferry_error", "amount"}})
    EXPECT_EQ(row(rejects_again(columns), "1,2", "no"), "1,2,,\"no\"\r\n");
}

TEST(RejectRowsNdjson, TheErrorOfAnEarlierRunIsReplaced) {
  const auto again = [](std::string_view line) { return row(ndjson_format(), line, "no"); };
  EXPECT_EQ(again(R"({"id":"1","payferry_error":"old \"one\""})"),
            R"({"id":"1","payferry_error":"no"})"
            "\n");
  EXPECT_EQ(again(R"({ "id" : 1 , "payferry_error" : "old" } )"),
            R"({ "id" : 1,"payferry_error":"no"})"
            "\n");
  EXPECT_EQ(again(R"({"payferry_error":"old"})"), R"({"payferry_error":"no"})"
                                                  "\n");
  EXPECT_EQ(again(R"({"payferry_line":"{\"id","payferry_error":"torn"})"),
            R"({"payferry_line":"{\"id","payferry_error":"no"})"
            "\n");
  EXPECT_EQ(again(R"({"id":,"payferry_error":"old"})"), R"({"id":,"payferry_error":"no"})"
                                                        "\n");
}

TEST(RejectRowsNdjson, OnlyTheObjectsOwnErrorIsReplaced) {
  for (const std::string object :
       {R"({"a":{"payferry_error":"x"})", R"({"a":"\"payferry_error\":\"x\"")",
        R"({"payferry_error":{"a":"x"})", R"({"a":"payferry_error")",
        R"({"payferry_error":"x","a":1)", R"({"a" "payferry_error":"x")"})
    EXPECT_EQ(row(ndjson_format(), object + "}", "no"), object + R"(,"payferry_error":"no"})"
                                                                 "\n");
}

TEST(RejectRowsNdjson, ThereIsNoHeader) {
  EXPECT_EQ(header(ndjson_format()), "");
}

TEST(RejectRowsNdjson, TheErrorIsAMemberMore) {
  EXPECT_EQ(row(ndjson_format(), R"({"id":"1","a":{"b":2}})", "no \"b\""),
            R"({"id":"1","a":{"b":2},"payferry_error":"no \"b\""})"
            "\n");
}

TEST(RejectRowsNdjson, BlanksAroundTheObjectDoNotMatter) {
  EXPECT_EQ(row(ndjson_format(), "  {\"id\":1 }  \r", "no"),
            "  {\"id\":1 ,\"payferry_error\":\"no\"}\n");
}

TEST(RejectRowsNdjson, AnEmptyObjectGetsNoComma) {
  EXPECT_EQ(row(ndjson_format(), "{}", "no"), "{\"payferry_error\":\"no\"}\n");
  EXPECT_EQ(row(ndjson_format(), "{ \t}", "no"), "{ \t\"payferry_error\":\"no\"}\n");
}

TEST(RejectRowsNdjson, ALineThatIsNoObjectIsKeptAsText) {
  EXPECT_EQ(row(ndjson_format(), R"({"id":"1)", "torn"),
            R"({"payferry_line":"{\"id\":\"1","payferry_error":"torn"})"
            "\n");
  for (const char* line : {"", "{", "}", "[1]", "12", " \t"})
    EXPECT_TRUE(row(ndjson_format(), line, "no").starts_with(R"({"payferry_line":")")) << line;
}

TEST(RejectRowsNdjson, CardNumbersAreMarkedInEveryKindOfLine) {
  const std::string mark(kMark);
  EXPECT_EQ(row(ndjson_format(), R"({"card":"4111111111111111"})", "no"),
            R"({"card":")" + mark + "\",\"payferry_error\":\"no\"}\n");
  EXPECT_EQ(row(ndjson_format(), "4111111111111111 {", "no"),
            R"({"payferry_line":")" + mark + " {\",\"payferry_error\":\"no\"}\n");
}

TEST(RejectRowsNdjson, AMarkedLineIsJsonStillWithAllElseAsItStood) {
  EXPECT_EQ(row(ndjson_format(),
                R"({ "a" : 4111111111111111, "b":[1.50,{"c":null}, true,)"
                R"("x\ty \u0034111 1111 1111 1111"]})",
                "no"),
            R"({"a":")" + std::string(kMark) + R"(","b":[1.50,{"c":null},true,"x\ty )" + kMark +
                "\"],\"payferry_error\":\"no\"}\n");
}

TEST(RejectRowsNdjson, ALineWithNothingToMarkStaysAsItStood) {
  EXPECT_EQ(row(ndjson_format(), R"({ "caf\u00e9" : 1.0 })", "no"),
            R"({ "caf\u00e9" : 1.0 ,"payferry_error":"no"})"
            "\n");
}

TEST(RejectRowsNdjson, APathThatHoldsNoCardNumbersStaysAsItStood) {
  RejectFormat format = ndjson_format();
  format.card_like = {"a.id", "list.1"};
  EXPECT_EQ(row(format,
                R"({"a":{"id":4111111111111111,"x":4111111111111111},)"
                R"("list":["4111111111111111","4111111111111111"],"a.id":"4111111111111111"})",
                "no"),
            R"({"a":{"id":4111111111111111,"x":")" + std::string(kMark) + R"("},"list":[")" +
                kMark + R"(","4111111111111111"],"a.id":")" + kMark +
                "\",\"payferry_error\":\"no\"}\n");
}

TEST(RejectRowsNdjson, ALineEndInAMessageIsABlank) {
  EXPECT_EQ(row(ndjson_format(), "{}", "one\ntwo"), "{\"payferry_error\":\"one two\"}\n");
}

}  // namespace
}  // namespace payferry

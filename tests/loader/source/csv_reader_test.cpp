#include "loader/source/csv_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "loader/source/input_detection.hpp"
#include "memory_byte_source.hpp"
#include "read_all.hpp"

namespace payferry {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Cells = std::vector<std::string>;

const std::string kCut = "[the rest of the row was too long and cut off by payferry]";

struct Csv {
  std::string text;
  char delimiter = ',';
  InputEncoding encoding = InputEncoding::utf8;
  std::size_t max_record_bytes = 1000;
  std::size_t step = 1 << 20;
  std::size_t block = 1 << 16;
  std::optional<std::string> failure = std::nullopt;
};

tl::expected<std::unique_ptr<CsvReader>, InputError> open(const Csv& csv) {
  ReadWindow window(std::make_unique<MemoryByteSource>(csv.text, csv.step, csv.failure), csv.block);
  if (auto error = begin_text(window, "payments.csv")) return tl::unexpected(*error);
  return CsvReader::open(std::move(window), {"payments.csv", InputIndex(0), csv.delimiter,
                                             csv.encoding, csv.max_record_bytes});
}

std::vector<ReadRecord> read(const Csv& csv) {
  auto reader = open(csv);
  EXPECT_TRUE(reader) << reader.error().message;
  return reader ? read_all(**reader) : std::vector<ReadRecord>();
}

std::vector<Cells> rows(const Csv& csv) {
  return cells_of(read(csv));
}

std::string open_error(const Csv& csv) {
  const auto reader = open(csv);
  return reader ? "" : reader.error().message;
}

TEST(CsvReader, GivesColumnsAndCells) {
  const auto reader = open({"a,b\n1,2\n3,4\n"});
  ASSERT_TRUE(reader);
  EXPECT_THAT((*reader)->columns(), ElementsAre("a", "b"));
  EXPECT_THAT(cells_of(read_all(**reader)), ElementsAre(Cells{"1", "2"}, Cells{"3", "4"}));
  EXPECT_FALSE((*reader)->broken());
}

TEST(CsvReader, NumbersRecordsAndSaysWhereTheyStart) {
  const auto records = read({"a,b\r\n\r\n1,\"x\ny\r\nz\"\r\n3,4"});
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].number, 1U);
  EXPECT_EQ(records[0].line, 3U);
  EXPECT_EQ(records[0].offset, 7U);
  EXPECT_EQ(records[0].raw, "1,\"x\ny\r\nz\"");
  EXPECT_EQ(records[1].number, 2U);
  EXPECT_EQ(records[1].line, 6U);
  EXPECT_EQ(records[1].offset, 19U);
  EXPECT_EQ(records[1].raw, "3,4");
}

TEST(CsvReader, TakesEveryKindOfLineEnd) {
  for (const char* text : {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r",
                           "a,b\r\n1,2\n3,4", "a,b\r1,2\n3,4\r\n"}) {
    EXPECT_THAT(rows({text}), ElementsAre(Cells{"1", "2"}, Cells{"3", "4"})) << text;
  }
}

TEST(CsvReader, TakesOtherDelimiters) {
  EXPECT_THAT(rows({"a;b\n1,5;2\n", ';'}), ElementsAre(Cells{"1,5", "2"}));
  EXPECT_THAT(rows({"a\tb\n1\t2\n\t\n \t \n", '\t'}),
              ElementsAre(Cells{"1", "2"}, Cells{"", ""}, Cells{" ", " "}));
}

TEST(CsvReader, UnquotesCells) {
  EXPECT_THAT(rows({"a,b,c\n\"x,y\",\"say \"\"hi\"\"\",\"\"\n"}),
              ElementsAre(Cells{"x,y", "say \"hi\"", ""}));
  EXPECT_THAT(rows({"a,b\n\"\"\"\",\"a\"\"\"\n\"l1\nl2\",\"x\"  \n"}),
              ElementsAre(Cells{"\"", "a\""}, Cells{"l1\nl2", "x"}));
}

TEST(CsvReader, TakesAQuoteInsideAnUnquotedCellAsText) {
  EXPECT_THAT(rows({"a,b\n5\" pipe, \"x\"\n"}), ElementsAre(Cells{"5\" pipe", " \"x\""}));
}

TEST(CsvReader, KeepsBlanksInCells) {
  EXPECT_THAT(rows({"a,b\n 1 , 2\n"}), ElementsAre(Cells{" 1 ", " 2"}));
}

TEST(CsvReader, SkipsBlankLines) {
  const auto records = read({"\n \na,b\n\n  \n\t\n1,2\n\n\n3,4\n\n  "});
  EXPECT_THAT(cells_of(records), ElementsAre(Cells{"1", "2"}, Cells{"3", "4"}));
  EXPECT_EQ(records[0].line, 7U);
  EXPECT_EQ(records[1].line, 10U);
}

TEST(CsvReader, SkipsAByteOrderMark) {
  const auto reader = open({"\xEF\xBB\xBF\"a\",b\n1,2\n"});
  ASSERT_TRUE(reader);
  EXPECT_THAT((*reader)->columns(), ElementsAre("a", "b"));
  EXPECT_EQ((*reader)->raw_header(), "\"a\",b");
  EXPECT_EQ(read_all(**reader)[0].offset, 9U);
}

TEST(CsvReader, TakesAHeaderAloneAsNoRecords) {
  EXPECT_THAT(rows({"a,b"}), IsEmpty());
  EXPECT_THAT(rows({"a,b\r\n"}), IsEmpty());
}

TEST(CsvReader, RefusesAFileWithoutContent) {
  EXPECT_EQ(open_error({""}),
            "The input payments.csv is empty: it has 0 bytes of content, not even a header.");
  EXPECT_EQ(open_error({"\n\n  "}),
            "payments.csv has no header: it holds nothing but blank lines.");
  EXPECT_EQ(open_error({"\xEF\xBB\xBF"}),
            "payments.csv has no header: it holds nothing but blank lines.");
}

TEST(CsvReader, RefusesAHeaderWithANameTwice) {
  EXPECT_EQ(open_error({"\nid,amount,id\n"}),
            "payments.csv, header (line 2): the column \"id\" stands there twice, as the 1. and "
            "the 3. column; "
            "rename one of them.");
  EXPECT_EQ(open_error({"id,,payferry_error,,payferry_error\n"}), "");
}

TEST(CsvReader, RefusesAHeaderThatIsNoText) {
  EXPECT_THAT(open_error({"a,\"b\n1,2\n"}), HasSubstr("header (line 1): a quote is not closed."));
  EXPECT_THAT(open_error({"a,\"b\"c\n1,2\n"}), HasSubstr("text follows a closing quote"));
  EXPECT_THAT(open_error({"a,b\xFF\n"}), HasSubstr("not valid UTF-8; set input.encoding"));
  EXPECT_THAT(open_error({"a\0,\0b\0\n\0"s}), HasSubstr("UTF-16"));
  EXPECT_THAT(open_error({"\xFF\xFE\x61\0"s}), HasSubstr("UTF-16"));
}

TEST(CsvReader, TrimsTheNamesOfColumns) {
  const auto reader = open({" a ,\" b \"\n1,2\n"});
  ASSERT_TRUE(reader);
  EXPECT_THAT((*reader)->columns(), ElementsAre("a", "b"));
}

TEST(CsvReader, RefusesARaggedRowAndGoesOn) {
  const auto records = read({"a,b,c\n1,2\n1,2,3,4\n1,2,3\n9\n"});
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[0].code, "RAGGED_ROW");
  EXPECT_EQ(records[0].message,
            "the row has 2 cells, the header has 3 cells; fill in what is missing, or end it with "
            "delimiters");
  EXPECT_EQ(
      records[1].message,
      "the row has 4 cells, the header has 3 cells; put a cell that holds the delimiter in quotes");
  EXPECT_EQ(records[1].raw, "1,2,3,4");
  EXPECT_EQ(records[2].code, "");
  EXPECT_THAT(records[3].message, HasSubstr("the row has 1 cell,"));
}

TEST(CsvReader, RefusesARowWithANulByte) {
  const auto records = read({"a,b\n1,x\0y\n3,4\n"s});
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].code, "NUL_BYTE");
  EXPECT_EQ(records[0].column, "b");
  EXPECT_EQ(records[0].raw, "1,x\0y"s);
  EXPECT_EQ(records[1].code, "");
}

TEST(CsvReader, RefusesARowThatIsNotUtf8) {
  const auto records = read({"a,b\n1,caf\xE9\n2,caf\xC3\xA9\n\"x\"\"\xFF\",2\n"});
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].code, "INVALID_UTF8");
  EXPECT_EQ(records[0].column, "b");
  EXPECT_EQ(
      records[0].message,
      "the text is not valid UTF-8; mend it, or set input.encoding to what the file is written in");
  EXPECT_THAT(records[1].cells, ElementsAre("2", "caf\xC3\xA9"));
  EXPECT_EQ(records[2].column, "a");
}

TEST(CsvReader, ConvertsLatin1AndKeepsTheSourcesBytesInRaw) {
  const auto records = read({"a,\xFC\n1,\"caf\xE9\"\"\x80\"\n", ',', InputEncoding::latin1});
  ASSERT_EQ(records.size(), 1U);
  EXPECT_THAT(records[0].cells, ElementsAre("1", "caf\xC3\xA9\"\xC2\x80"));
  EXPECT_EQ(records[0].raw, "1,\"caf\xE9\"\"\x80\"");
}

TEST(CsvReader, ConvertsWindows1252AndRefusesBytesThatAreNone) {
  const auto records = read({"a,b\n1,\x80 5\n2,\x81\n", ',', InputEncoding::windows1252});
  ASSERT_EQ(records.size(), 2U);
  EXPECT_THAT(records[0].cells, ElementsAre("1", "\xE2\x82\xAC 5"));
  EXPECT_EQ(records[1].code, "INVALID_ENCODING");
  EXPECT_EQ(records[1].column, "b");
}

TEST(CsvReader, RefusesARecordThatIsTooLongAndGoesOn) {
  const std::string longest(96, 'x');
  const std::string text =
      "a,b\n1," + longest + "xx\n2,\"" + longest + "xxx\"\n3," + longest + "xxx\n4,y\n";
  const auto records = read({text, ',', InputEncoding::utf8, 100});
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[0].code, "");
  EXPECT_EQ(records[1].code, "RECORD_TOO_LONG");
  EXPECT_EQ(records[1].raw, "2," + kCut) << "quotes that stay open would swallow the next reject";
  EXPECT_EQ(records[2].code, "RECORD_TOO_LONG");
  EXPECT_EQ(records[2].raw, "3," + kCut) << "a whole row could be loaded, its text cut off";
  EXPECT_EQ(records[2].message,
            "the record is longer than the 100 bytes that input.max_record_bytes allows; raise it "
            "or shorten the record");
  EXPECT_THAT(records[3].cells, ElementsAre("4", "y"));
  EXPECT_EQ(records[3].line, 5U);
}

TEST(CsvReader, ShortensARecordThatIsTooLongBetweenCharacters) {
  for (const char* end : {"\xC3\xA9", "x\xC3\xA9", "\xE2\x82\xAC", "x\xE2\x82\xAC"}) {
    const auto records =
        read({"a\n" + std::string(47, 'x') + end + "xxx\n", ',', InputEncoding::utf8, 48});
    EXPECT_EQ(records.at(0).raw, std::string(end[0] == 'x' ? 48 : 47, 'x') + kCut) << end;
  }
}

TEST(CsvReader, MarksWhereARecordThatIsTooLongWasCutWhateverItsCells) {
  const std::string longer(200, 'x');
  const auto cut = [&](const std::string& row, char delimiter) {
    const std::string header = std::string("a") + delimiter + "b\n";
    return read({header + row + "\n", delimiter, InputEncoding::utf8, 100}).at(0).raw;
  };
  EXPECT_EQ(cut("1,2," + longer, ','), "1,2," + kCut) << "one cell too many";
  EXPECT_EQ(cut(longer, ','), longer.substr(0, 100) + kCut);
  EXPECT_EQ(cut("x\"" + longer, ','), "\"x\"\"" + longer.substr(0, 98) + kCut + "\"");
  EXPECT_EQ(cut("\"" + longer + "\"", ','), kCut);
  EXPECT_EQ(cut("1 " + longer, ' '), "1 \"" + kCut + "\"") << "a mark holds blanks";
}

TEST(CsvReader, MarksWhereALongLineWithBadQuotesWasCut) {
  for (const std::string row : {"1,\"x\"y", "1,\"x\"y,\"open", "1,\"open"}) {
    const auto records = read(
        {"a,b\n" + row + std::string(5000, 'x') + "\n2,\"y\"\n", ',', InputEncoding::utf8, 4500});
    ASSERT_GE(records.size(), 1U) << row;
    EXPECT_EQ(records[0].raw, "1," + kCut) << row;
  }
  const std::string longer(5000, 'x');
  const auto records =
      read({"a,b\n1," + longer + ",\"x\"y" + longer + "\n", ',', InputEncoding::utf8, 9000});
  EXPECT_EQ(records.at(0).raw, "1," + kCut) << "its bad quotes are not in what is kept of it";
}

TEST(CsvReader, RefusesARowOfRejectsThatWasCutWhateverBecameOfItsCells) {
  const std::string header = "a,b,payferry_error\n";
  for (const std::string& row : {"1," + kCut + ",\"no\"", "1,2," + kCut + ",\"no\"",
                                 kCut + ",,\"no\"", "1,2,\"" + kCut + "\"", "1," + kCut}) {
    const auto records = read({header + row + "\n3,4,\n"});
    ASSERT_EQ(records.size(), 2U) << row;
    EXPECT_EQ(records[0].code, "RECORD_TOO_LONG") << row;
    EXPECT_EQ(
        records[0].message,
        "the record was too long when it was refused, and was cut where the mark stands; take "
        "the whole of it from the source")
        << row;
    EXPECT_EQ(records[1].code, "");
  }
}

TEST(CsvReader, SkipsTheLinesInQuotesOfARecordThatIsTooLong) {
  const std::string text = "a,b\n\"l1\nl2\"," + std::string(200, 'x') + "\n4,y\n";
  const auto records = read({text, ',', InputEncoding::utf8, 100});
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].code, "RECORD_TOO_LONG");
  EXPECT_EQ(records[1].line, 4U);
}

TEST(CsvReader, GoesOnBehindAQuoteThatIsNeverClosed) {
  const auto reader = open({"a,b\n1,2\n3,\"x\n5,6\n7,8\n"});
  ASSERT_TRUE(reader);
  const auto records = read_all(**reader);
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[1].code, "UNCLOSED_QUOTE");
  EXPECT_EQ(records[1].message,
            "a quote opens in line 3 and is not closed; close it, or double it where it is text");
  EXPECT_EQ(records[1].raw, "3,\"x");
  EXPECT_THAT(records[2].cells, ElementsAre("5", "6"));
  EXPECT_THAT(records[3].cells, ElementsAre("7", "8"));
  EXPECT_EQ(records[3].line, 5U);
  ASSERT_TRUE((*reader)->broken());
  EXPECT_EQ((*reader)->broken()->position.line, LineNumber(3));
  EXPECT_EQ((*reader)->broken()->message,
            "payments.csv: a quote opens in line 3 and is not closed; that row is invalid, reading "
            "went on with the "
            "next line");
}

TEST(CsvReader, GoesOnBehindAQuoteThatAnotherCellsQuoteSeemsToClose) {
  const auto records = read({"a,b\n3,\"x\n5,6\n7,\"eight\"\n\"9\",10\n"});
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[0].code, "UNCLOSED_QUOTE");
  EXPECT_THAT(records[1].cells, ElementsAre("5", "6"));
  EXPECT_THAT(records[2].cells, ElementsAre("7", "eight"));
  EXPECT_THAT(records[3].cells, ElementsAre("9", "10"));
}

std::string many_lines(const std::string& line) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += line;
  return text;
}

TEST(CsvReader, SkipsTheWholeOfAQuotedCellThatIsLongerThanARecordMayBe) {
  for (const std::string line :
       {"5,6\n", "5,6\r\n", "5,6\r", "5,\"\"6\n", "\"\"\n", "\"\"\"\",\n"}) {
    for (const std::size_t step : {1, 7, 64, 1 << 20}) {
      const std::string text = "a,b\n3,\"x\n" + many_lines(line) + "\" \n7,\"8\"\n9,10\n";
      const auto reader = open({text, ',', InputEncoding::utf8, 50, step, 16});
      ASSERT_TRUE(reader);
      const auto records = read_all(**reader);
      ASSERT_EQ(records.size(), 3U) << line;
      EXPECT_EQ(records[0].code, "RECORD_TOO_LONG");
      EXPECT_EQ(records[0].raw, "3," + kCut);
      EXPECT_THAT(records[1].cells, ElementsAre("7", "8"));
      EXPECT_EQ(records[1].line, 104U);
      EXPECT_THAT(records[2].cells, ElementsAre("9", "10"));
      EXPECT_FALSE((*reader)->broken());
    }
  }
}

TEST(CsvReader, SkipsAQuotedCellWhoseFirstLineIsLongerThanARecordMayBe) {
  const std::string text =
      "a;b\n" + std::string(60, 'x') + ";\"" + std::string(60, 'y') + "\n5;6\n\"\n7;8\n";
  const auto records = read({text, ';', InputEncoding::utf8, 50});
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].code, "RECORD_TOO_LONG");
  EXPECT_EQ(records[0].raw, std::string(50, 'x') + kCut);
  EXPECT_THAT(records[1].cells, ElementsAre("7", "8"));
  EXPECT_EQ(records[1].line, 5U);
}

TEST(CsvReader, TakesNoLineForARowBehindAQuoteThatIsOpenForLongerThanARecordMayBe) {
  const auto reader =
      open({"a,b\n1,2\n3,\"x\n" + many_lines("5,6\n"), ',', InputEncoding::utf8, 50});
  ASSERT_TRUE(reader);
  const auto records = read_all(**reader);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[1].code, "UNCLOSED_QUOTE");
  EXPECT_EQ(records[1].raw, "3," + kCut);
  ASSERT_TRUE((*reader)->broken());
  EXPECT_EQ((*reader)->broken()->position.line, LineNumber(3));
  EXPECT_EQ((*reader)->broken()->position.offset, ByteOffset(8));
  EXPECT_EQ(
      (*reader)->broken()->message,
      "payments.csv: a quote opens in line 3 and is not closed; that row is invalid, all that "
      "follows was taken for the text of its cell");
}

TEST(CsvReader, GoesOnWhereAnotherCellsQuoteSeemsToCloseOneThatIsOpenForTooLong) {
  const std::string text = "a,b\n3,\"x\n" + many_lines("5,6\n") + "7,\"eight\"\n9,10\n";
  const auto reader = open({text, ',', InputEncoding::utf8, 50});
  ASSERT_TRUE(reader);
  const auto records = read_all(**reader);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].code, "UNCLOSED_QUOTE");
  EXPECT_THAT(records[1].cells, ElementsAre("9", "10"));
  ASSERT_TRUE((*reader)->broken());
  EXPECT_EQ((*reader)->broken()->message,
            "payments.csv: a quote opens in line 2 and is not closed; that row is invalid, what "
            "follows as far as line 103 was taken for the text of its cell");
}

TEST(CsvReader, SaysThatTheSourceBrokeInARowThatIsTooLong) {
  const auto reader = open(
      {.text = "a,b\n3,\"x\n" + many_lines("5,6\n"), .max_record_bytes = 50, .failure = "cut"});
  ASSERT_TRUE(reader);
  const auto records = read_all(**reader);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].code, "RECORD_TOO_LONG");
  EXPECT_THAT((*reader)->broken()->message, HasSubstr("breaks off in line 103: cut"));
}

TEST(CsvReader, RefusesTextBehindAClosingQuote) {
  const auto reader = open({"a,b\n\"x\"y,2\n\"x\" \"y\",2\n3,4\n"});
  ASSERT_TRUE(reader);
  const auto records = read_all(**reader);
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].code, "TEXT_AFTER_QUOTE");
  EXPECT_EQ(records[0].message,
            "text follows a closing quote; double the quotes inside a quoted cell");
  EXPECT_EQ(records[1].code, "TEXT_AFTER_QUOTE");
  EXPECT_EQ(records[2].code, "");
  EXPECT_FALSE((*reader)->broken());
}

TEST(CsvReader, DropsTheRowInWhichTheSourceBreaks) {
  const auto reader = open({.text = "a,b\n1,2\n3,400", .failure = "the gzip data end too early"});
  ASSERT_TRUE(reader);
  EXPECT_THAT(cells_of(read_all(**reader)), ElementsAre(Cells{"1", "2"}));
  ASSERT_TRUE((*reader)->broken());
  EXPECT_EQ((*reader)->broken()->message,
            "payments.csv breaks off in line 3: the gzip data end too early; what stands before "
            "that line is used, the rest must be loaded from a whole file, as another run");
  EXPECT_EQ((*reader)->broken()->position.offset, ByteOffset(8));
}

TEST(CsvReader, SaysThatTheSourceBrokeBetweenRowsToo) {
  const auto reader = open({.text = "a,b\n1,2\n", .failure = "cut"});
  ASSERT_TRUE(reader);
  EXPECT_EQ(read_all(**reader).size(), 1U);
  EXPECT_EQ((*reader)->broken()->position.line, LineNumber(3));
}

TEST(CsvReader, RefusesASourceThatBreaksInItsHeader) {
  EXPECT_THAT(open_error({.text = "a,b", .failure = "cut"}),
              HasSubstr("payments.csv breaks off in line 1: cut;"));
  EXPECT_EQ(open_error({.text = "", .failure = "cut"}),
            "The input payments.csv cannot be read: cut.");
}

TEST(CsvReader, TakesAHundredThousandColumns) {
  std::string header, row;
  for (int i = 0; i < 100'000; ++i) {
    header += (i > 0 ? ",column" : "column") + std::to_string(i);
    row += (i > 0 ? "," : "") + std::to_string(i);
  }
  const auto records = read({header + "\n" + row + "\n", ',', InputEncoding::utf8, 1 << 20});
  ASSERT_EQ(records.size(), 1U);
  ASSERT_EQ(records[0].cells.size(), 100'000U);
  EXPECT_EQ(records[0].cells.back(), "99999");
}

TEST(CsvReader, TakesALineOfTenMegabytesWhereThatIsAllowed) {
  const std::string memo(10'000'000, 'm');
  const auto records = read(
      {"a,b\n1,\"" + memo + "\"\n2,x\n", ',', InputEncoding::utf8, 11'000'000, 1 << 20, 1 << 16});
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].cells[1], memo);
}

TEST(CsvReader, SkipsALineOfTenMegabytesWhereItIsNot) {
  const auto records = read(
      {"a,b\n1," + std::string(10'000'000, 'm') + "\n2,x\n", ',', InputEncoding::utf8, 1 << 20});
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].code, "RECORD_TOO_LONG");
  EXPECT_EQ(records[0].raw, "1," + kCut);
  EXPECT_THAT(records[1].cells, ElementsAre("2", "x"));
}

}  // namespace
}  // namespace payferry

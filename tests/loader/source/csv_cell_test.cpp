#include "loader/source/csv_cell.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

std::string cell(std::string_view text, char delimiter = ',') {
  std::string out = "x,";
  append_csv_cell(out, text, delimiter);
  return out.substr(2);
}

TEST(CsvCell, ACellInQuotesHasItsQuotesDoubled) {
  std::string out = "x,";
  append_quoted_cell(out, "a \"b\", c");
  append_quoted_cell(out, "");
  EXPECT_EQ(out, "x,\"a \"\"b\"\", c\"\"\"");
}

TEST(CsvCell, OnlyWhatAReaderWouldTakeForStructureIsQuoted) {
  EXPECT_EQ(cell("a b;c"), "a b;c");
  EXPECT_EQ(cell("a b;c", ';'), "\"a b;c\"");
  EXPECT_EQ(cell("a,b"), "\"a,b\"");
  EXPECT_EQ(cell("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(cell("a\rb"), "\"a\rb\"");
  EXPECT_EQ(cell("a\nb"), "\"a\nb\"");
  EXPECT_EQ(cell(""), "");
}

}  // namespace
}  // namespace payferry

#include "loader/source/csv_row_skip.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "loader/source/csv_row.hpp"
#include "loader/source/text_scan.hpp"

namespace payferry {
namespace {

using testing::PrintToString;

/// The row that CsvRow finds at the beginning of a whole content.
class WholeRow {
 public:
  WholeRow(const std::string& text, char delimiter)
      : readable_(text + std::string(kScanBlockBytes, ' ')),
        row_(delimiter),
        scan_(row_.scan(std::string_view(readable_).substr(0, text.size()), true)) {}

  CsvRow::Scan scan() const { return scan_; }
  const CsvRow& row() const { return row_; }

 private:
  std::string readable_;
  CsvRow row_;
  CsvRow::Scan scan_;
};

struct Skipped {
  CsvRowSkip skip;
  std::size_t end;
};

Skipped skip_in_pieces(const std::string& text, char delimiter, std::mt19937_64& random) {
  Skipped skipped{CsvRowSkip(delimiter), 0};
  while (skipped.end < text.size()) {
    const std::size_t piece = std::min<std::size_t>(random() % 4, text.size() - skipped.end);
    const std::size_t found =
        skipped.skip.find_end(std::string_view(text).substr(skipped.end, piece));
    skipped.end += found;
    if (found < piece) break;
  }
  return skipped;
}

std::string random_text(char delimiter, std::mt19937_64& random) {
  const std::string bytes = std::string("\"\"\"\"\r\n \tab") + delimiter + delimiter;
  std::string text;
  for (std::size_t count = random() % 24; count > 0; --count)
    text += bytes[random() % bytes.size()];
  return text;
}

void expect_as_the_whole_row(const std::string& text, char delimiter, std::mt19937_64& random) {
  const WholeRow whole(text, delimiter);
  const auto [skip, end] = skip_in_pieces(text, delimiter, random);
  switch (whole.scan()) {
    case CsvRow::Scan::complete: {
      ASSERT_EQ(end, whole.row().text_bytes());
      ASSERT_EQ(skip.lines_in_quotes(), whole.row().lines_in_quotes());
      ASSERT_FALSE(skip.in_quotes());
      ASSERT_FALSE(skip.closed_by_another());
      const std::size_t last = skip.cell_begin();
      const std::size_t before =
          last == 0 ? 0 : WholeRow(text.substr(0, last - 1), delimiter).row().cell_count();
      ASSERT_EQ(before + 1, whole.row().cell_count());
      return;
    }
    case CsvRow::Scan::unclosed_quote:
      ASSERT_TRUE(skip.in_quotes() || skip.closed_by_another());
      ASSERT_EQ(skip.in_quotes(), whole.row().in_quotes());
      ASSERT_EQ(skip.lines_in_quotes(), whole.row().lines_in_quotes());
      return;
    case CsvRow::Scan::text_after_quote:
      ASSERT_FALSE(skip.in_quotes());
      ASSERT_FALSE(skip.closed_by_another());
      ASSERT_EQ(end, std::min(text.size(), text.find_first_of("\r\n")));
      return;
    case CsvRow::Scan::incomplete:
      FAIL() << "a whole content is never incomplete";
  }
}

// It is a second reading of the same grammar, byte by byte: whatever the bytes and the pieces they
// come in, it must find the end that the first one finds.
TEST(CsvRowSkip, EndsARowWhereCsvRowEndsIt) {
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    std::mt19937_64 random(seed);
    const char delimiter = ",;\t "[random() % 4];
    const std::string text = random_text(delimiter, random);
    expect_as_the_whole_row(text, delimiter, random);
    if (HasFatalFailure()) FAIL() << "seed " << seed << ": " << PrintToString(text);
  }
}

TEST(CsvRowSkip, TellsWhereTheLastCellBegins) {
  CsvRowSkip skip(',');
  EXPECT_EQ(skip.find_end("a,\"b,"), 5);
  EXPECT_EQ(skip.cell_begin(), 2);
  EXPECT_TRUE(skip.in_quotes());
  EXPECT_EQ(skip.find_end("\",c\n"), 3);
  EXPECT_EQ(skip.cell_begin(), 7);
}

}  // namespace
}  // namespace payferry

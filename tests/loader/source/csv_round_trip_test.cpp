#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "loader/source/csv_reader.hpp"
#include "memory_byte_source.hpp"
#include "read_all.hpp"

namespace payferry {
namespace {

using Row = std::vector<std::string>;

std::string random_cell(std::mt19937_64& random) {
  static const std::vector<std::string> pieces = {"a", "12.50", ",", "\"",          "\n", "\r\n",
                                                  " ", "é",     "€", "longer text", ";"};
  std::string cell;
  for (auto count = random() % 5; count > 0; --count) cell += pieces[random() % pieces.size()];
  return cell;
}

/// By RFC 4180; cells that need no quotes have them sometimes.
std::string written(const std::string& cell, char delimiter, std::mt19937_64& random) {
  const bool needed = cell.find_first_of(std::string("\"\r\n") + delimiter) != cell.npos;
  if (!needed && random() % 4 != 0) return cell;
  std::string quoted = "\"";
  for (const char byte : cell) quoted += byte == '"' ? "\"\"" : std::string(1, byte);
  return quoted + "\"";
}

std::string written(const Row& row, char delimiter, std::mt19937_64& random) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i)
    line += (i > 0 ? std::string(1, delimiter) : "") + written(row[i], delimiter, random);
  return line + (random() % 2 == 0 ? "\n" : "\r\n");
}

/// Rows begin with a number, so that none is blank.
std::vector<Row> random_rows(std::mt19937_64& random, std::size_t columns) {
  std::vector<Row> rows(random() % 20);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].push_back(std::to_string(i));
    while (rows[i].size() < columns) rows[i].push_back(random_cell(random));
  }
  return rows;
}

TEST(CsvRoundTrip, ReadsBackWhatIsWrittenByTheRules) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    std::mt19937_64 random(seed);
    const char delimiter = ",;\t"[random() % 3];
    const std::size_t columns = 1 + random() % 6;
    Row header;
    for (std::size_t i = 0; i < columns; ++i) header.push_back("column " + std::to_string(i));
    const std::vector<Row> rows = random_rows(random, columns);
    std::string text = written(header, delimiter, random);
    for (const Row& row : rows) text += written(row, delimiter, random);

    auto source = std::make_unique<MemoryByteSource>(text, 1 + random() % 50);
    auto reader = CsvReader::open(ReadWindow(std::move(source), 16),
                                  {.name = "rows.csv", .delimiter = delimiter});
    ASSERT_TRUE(reader) << reader.error().message;
    EXPECT_EQ((*reader)->columns(), header);
    ASSERT_EQ(cells_of(read_all(**reader)), rows)
        << "seed " << seed << ": " << testing::PrintToString(text);
    EXPECT_FALSE((*reader)->broken());
  }
}

}  // namespace
}  // namespace payferry

#include "loader/source/row_order.hpp"

#include <gtest/gtest.h>

#include "loader/source/column_match.hpp"
#include "read_all.hpp"

namespace payferry {
namespace {

using Cells = std::vector<std::string>;

ReadRecord ordered(std::string_view raw, const std::vector<std::string_view>& cells,
                   const std::vector<std::size_t>& places, const std::string& code = "") {
  RowOrder order(places, 3, ';', "b.csv");
  Record record;
  record.raw = raw;
  record.cells = cells;
  if (!code.empty()) record.error = RecordError{code, "", "", "the row is wrong"};
  order.apply(record);
  return owned(record);
}

TEST(RowOrder, OrdersCellsAndTheRowAsItStands) {
  const ReadRecord record = ordered("a;\"b;\"\"\n\"\"\" ;c", {"a", "b;\"\n\"", "c"}, {1, 2, 0});
  EXPECT_EQ(record.cells, (Cells{"b;\"\n\"", "c", "a"}));
  EXPECT_EQ(record.raw, "\"b;\"\"\n\"\"\" ;c;a");
}

TEST(RowOrder, LeavesOutWhatIsNotWantedAndLeavesEmptyWhatIsNotThere) {
  const ReadRecord record = ordered("a;b;c", {"a", "b", "c"}, {2, kNoCell, 0});
  EXPECT_EQ(record.cells, (Cells{"c", "", "a"}));
  EXPECT_EQ(record.raw, "c;;a");
}

TEST(RowOrder, OrdersARowThatIsRefusedForItsText) {
  const ReadRecord record = ordered("a;\xFF;\"c\"", {}, {2, 1, 0}, "INVALID_UTF8");
  EXPECT_EQ(record.raw, "\"c\";\xFF;a");
  EXPECT_EQ(record.message, "the row is wrong");
}

TEST(RowOrder, SaysOfARowWhoseCellsCannotBeToldApartWhoseOrderItHas) {
  for (const char* raw : {"a;b", "a;b;c;d", "a;b;\"c", "a;\"b;c"}) {
    const ReadRecord record = ordered(raw, {}, {2, 1, 0}, "RAGGED_ROW");
    EXPECT_EQ(record.raw, raw);
    EXPECT_EQ(record.message, "the row is wrong; its cells stand in the order of b.csv");
  }
}

}  // namespace
}  // namespace payferry

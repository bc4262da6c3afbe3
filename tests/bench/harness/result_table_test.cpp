#include "bench/harness/result_table.hpp"

#include <gtest/gtest.h>

namespace payferry::bench {
namespace {

TEST(ShortNumber, HasThreeSignificantDigits) {
  EXPECT_EQ(short_number(0), "0");
  EXPECT_EQ(short_number(7), "7");
  EXPECT_EQ(short_number(0.012345), "0.0123");
  EXPECT_EQ(short_number(1.5), "1.50");
  EXPECT_EQ(short_number(12.345), "12.3");
  EXPECT_EQ(short_number(123.4), "123");
  EXPECT_EQ(short_number(-2.25), "-2.25");
}

TEST(ShortNumber, GroupsThousands) {
  EXPECT_EQ(short_number(1000), "1,000");
  EXPECT_EQ(short_number(123'456), "123,000");
  EXPECT_EQ(short_number(9'999'999), "10,000,000");
  EXPECT_EQ(short_number(-123'456), "-123,000");
}

TEST(Table, HasALineForEachSubjectAndAColumnForEachFigure) {
  Section section("parts");
  Subject& reader = section.subjects.emplace_back("reader");
  reader.add("speed", "MB/s", 1000);
  reader.add("speed", "MB/s", 1100);
  reader.add("allocations", "", 0);
  Subject& mapper = section.subjects.emplace_back("mapper, µ");
  mapper.add("speed", "MB/s", 500);
  mapper.add("allocations", "", 0.5);
  section.notes.emplace_back("all is well");
  EXPECT_EQ(to_text(section),
            "parts\n\n"
            "             speed, MB/s  allocations\n"
            "  reader       1,050 ±5%            0\n"
            "  mapper, µ          500        0.500\n"
            "\n  all is well\n");
}

TEST(Table, GathersSubjectsWithTheSameFigures) {
  Section section("parts");
  section.subjects.emplace_back("a").add("speed", "", 1);
  section.subjects.emplace_back("b").add("time", "s", 2);
  section.subjects.emplace_back("c").add("speed", "", 3);
  EXPECT_EQ(to_text(section),
            "parts\n\n"
            "     speed\n"
            "  a      1\n"
            "  c      3\n"
            "\n"
            "     time, s\n"
            "  b        2\n");
}

TEST(Table, IsMarkdownToo) {
  Section section("parts");
  section.subjects.emplace_back("a").add("speed", "MB/s", 1);
  section.notes.emplace_back("all is well");
  EXPECT_EQ(to_markdown(section),
            "|  | speed, MB/s |\n| --- | ---: |\n| a | 1 |\n\n- all is well\n");
}

TEST(Table, BeginsAnewWhereTheFiguresAreOthers) {
  Section section("parts");
  section.subjects.emplace_back("a").add("speed", "", 1);
  section.subjects.emplace_back("b").add("time", "s", 2);
  EXPECT_EQ(to_text(section),
            "parts\n\n"
            "     speed\n"
            "  a      1\n"
            "\n"
            "     time, s\n"
            "  b        2\n");
}

}  // namespace
}  // namespace payferry::bench

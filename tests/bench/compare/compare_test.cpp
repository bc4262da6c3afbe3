#include "bench/compare/compare.hpp"

#include <gtest/gtest.h>

namespace payferry::bench {
namespace {

TEST(Compare, SetsEachProgramAgainstTheFirstInTheSameTurn) {
  Section section("comparison");
  section.subjects.emplace_back("payferry")
      .figures.emplace_back("CPU a record", "µs", std::vector<double>{2, 4});
  section.subjects.emplace_back("other").figures.emplace_back("CPU a record", "µs",
                                                              std::vector<double>{6, 4});
  add_ratios(section);
  EXPECT_EQ(section.subjects[0].at("CPU by payferry's").runs, (std::vector<double>{1, 1}));
  EXPECT_EQ(section.subjects[1].at("CPU by payferry's").runs, (std::vector<double>{3, 1}));
}

}  // namespace
}  // namespace payferry::bench
